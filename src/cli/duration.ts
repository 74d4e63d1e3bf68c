/** How long something takes, in words; an estimate is no better than its first digits. */
export function duration(seconds: number): string {
  if (seconds < 1) return "under a second";
  const digits = (value: number) => (value < 9.95 ? value.toFixed(1) : Math.round(value));
  if (seconds < 120) return `${digits(seconds)} s`;
  if (seconds < 7200) return `${digits(seconds / 60)} min`;
  return `${digits(seconds / 3600)} h`;
}
