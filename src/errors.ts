/**
 * A mistake in what the user gave: the command line, a file, a folder. The command line shows its
 * message without a stack trace and exits with 2.
 *
 * @param message names the field, the rule, the value it got and the remedy
 */
export class UserError extends Error {
  override readonly name = "UserError";
}
