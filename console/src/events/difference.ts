/** One field of a thing, before and after; null where there was or is none. */
export interface Difference { field: string; before: string | null; after: string | null }

/** "autoLogOffMinutes" as people write it: "auto log off minutes". */
const inWords = (key: string): string => key.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function text(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number')) return value.length === 0 ? 'none' : value.join(', ');
  return JSON.stringify(value);
}

/** Every field with its text; what is within a thing is named after it. */
function fieldsOf(value: unknown, path: string[] = []): Map<string, string | null> {
  if (!isObject(value)) return new Map([[path.join(', ') || 'value', text(value)]]);
  return new Map(Object.entries(value).flatMap(([key, inner]) => [...fieldsOf(inner, [...path, inWords(key)])]));
}

/** What differs between two states of a thing, in the order of its fields; a thing that is new or gone differs in all it has. */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  const [old, now] = [before ?? {}, after ?? {}].map((state) => fieldsOf(state));
  const fields = new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])]);
  return [...fields]
    .map((field) => ({ field, before: old?.get(field) ?? null, after: now?.get(field) ?? null }))
    .filter((difference) => difference.before !== difference.after);
}
