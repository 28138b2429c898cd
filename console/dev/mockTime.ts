export const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

export const ahead = (minutes: number): string => ago(-minutes);
