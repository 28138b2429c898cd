import { useState } from 'react';

/** A choice that this browser remembers. */
export function useRemembered(name: string, usual: string): [string, (next: string) => void] {
  const key = `mayfly.${name}`;
  const [value, setValue] = useState(() => localStorage.getItem(key) ?? usual);
  return [value, (next) => { localStorage.setItem(key, next); setValue(next); }];
}
