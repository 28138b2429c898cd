const two = (value: number): string => String(value).padStart(2, '0');

/** Whole seconds until a point in time; never below zero. */
export const secondsUntil = (iso: string, now: number): number => Math.max(0, Math.ceil((Date.parse(iso) - now) / 1_000));

/** 4:59, 1:02:03, or "now". */
export function formatCountdown(seconds: number): string {
  if (seconds === 0) return 'now';
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes}:${two(seconds % 60)}` : `${hours}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
