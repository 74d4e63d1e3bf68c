/** Milliseconds. */
const MOST_MS = 5000;

/** For what is asked of a Redis before a run begins: later, waiting is told as trouble. @throws Error where no answer comes for long */
export async function answered<Answer>(answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("it does not answer")), MOST_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
