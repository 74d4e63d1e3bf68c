import { command, EXIT } from "../command.js";
export const trialCommand = command({
  usage: "trial",
  summary: "Train one network and look into it",
  options: (yargs) => yargs,
  async run() {
    return EXIT.done;
  },
});
