/** One who waits until there is room. */
export interface Room {
  /** Settles once there is room; one may wait at a time. */
  wait(): Promise<void>;
  /** To be called wherever there may be room that was not there before. */
  look(): void;
}

export function openRoom(isThere: () => boolean): Room {
  let enter: (() => void) | undefined;
  const look = () => {
    if (!enter || !isThere()) return;
    enter();
    enter = undefined;
  };
  return {
    wait: () =>
      new Promise((resolve) => {
        enter = resolve;
        look();
      }),
    look,
  };
}
