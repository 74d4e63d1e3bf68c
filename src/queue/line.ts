/** Those who wait until there is room for them, each in turn. */
export interface Line {
  /** Resolves once there is room. */
  wait(): Promise<void>;
  /** Lets in as many as there is room for now: to be called wherever there may be more than before. */
  move(): void;
}

/** @param free for how many there is room at the moment */
export function openLine(free: () => number): Line {
  const waiting: (() => void)[] = [];
  return {
    wait: () =>
      new Promise((resolve) => {
        if (free() > 0) resolve();
        else waiting.push(resolve);
      }),
    move() {
      for (const enter of waiting.splice(0, Math.max(0, free()))) enter();
    },
  };
}
