/** How a command ends. */
export const EXIT = { done: 0, failed: 1, wrong: 2, interrupted: 130 } as const;
