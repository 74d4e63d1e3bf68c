/** Chooses after how many epochs a training is looked at, and plays it. */
import { useEffect, useState } from "preact/hooks";
import { number } from "../../src/counted.js";

/** Of the whole training. */
const FRAMES = 120;
const FRAME_MS = 60;

interface EpochSliderProps {
  readonly epochs: number;
  readonly epoch: number;
  readonly change: (epoch: number) => void;
}

export function EpochSlider({ epochs, epoch, change }: EpochSliderProps) {
  const [isPlaying, play] = useState(false);
  useEffect(() => {
    if (!isPlaying) return;
    const next = Math.min(epochs, epoch + Math.max(1, Math.round(epochs / FRAMES)));
    const timer = setTimeout(() => (epoch >= epochs ? play(false) : change(next)), FRAME_MS);
    return () => clearTimeout(timer);
  }, [isPlaying, epoch, epochs]);
  const start = () => {
    if (epoch >= epochs) change(0);
    play(true);
  };
  return (
    <div class="slider">
      <button type="button" onClick={() => (isPlaying ? play(false) : start())}>
        {isPlaying ? "Pause" : "Play"}
      </button>
      <label>
        <span>
          After {number(epoch)} of {number(epochs)} epochs
        </span>
        <input
          type="range"
          min={0}
          max={epochs}
          value={epoch}
          aria-valuetext={`${number(epoch)} of ${number(epochs)} epochs`}
          onInput={({ currentTarget }) => {
            play(false);
            change(Number(currentTarget.value));
          }}
        />
      </label>
    </div>
  );
}
