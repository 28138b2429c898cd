/** Why something could not be done to one thing. */
export interface Failure { name: string; error: unknown }

/** Does one thing to exactly the things named, one after the other; a refusal of one does not stop the others, the signal does. */
export async function runEach(names: readonly string[], act: (name: string) => Promise<unknown>, onDone: (name: string) => void, signal: AbortSignal): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const name of names) {
    if (signal.aborted) break;
    await act(name).catch((error: unknown) => failures.push({ name, error }));
    onDone(name);
  }
  return failures;
}
