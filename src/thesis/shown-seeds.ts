/** Which of our trainings each plot of the thesis's shows: what the rules of `lrn figure` choose. */
export const SHOWN_SEEDS: Readonly<Record<string, number>> = {
  "4.4": 0,
  "4.5": 2,
  "4.7": 0,
  "4.8": 2,
  "4.10": 0,
  "4.11": 1,
  "4.13": 6,
  "4.14": 239,
  "4.16": 0,
  "4.17": 0,
  "4.19": 0,
  "4.20": 0,
};
