/** Limits that the command line names before anything else of a run is loaded. */

/** The most threads that may be asked for. */
export const MAX_WORKERS = 256;
