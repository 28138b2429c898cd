import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'system' | 'light' | 'dark';

const storageKey = 'mayfly.theme';
const darkClass = 'pf-v6-theme-dark';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();
let choice = stored();

function stored(): ThemeChoice {
  const value = localStorage.getItem(storageKey);
  return value === 'light' || value === 'dark' ? value : 'system';
}

function apply(): void {
  const dark = choice === 'dark' || (choice === 'system' && systemDark.matches);
  document.documentElement.classList.toggle(darkClass, dark);
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
}

/** Puts the theme on the page and follows the system from then on. */
export function startTheme(): void {
  apply();
  systemDark.addEventListener('change', apply);
}

function choose(next: ThemeChoice): void {
  choice = next;
  if (next === 'system') localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, next);
  apply();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useTheme = (): [ThemeChoice, (next: ThemeChoice) => void] => [useSyncExternalStore(subscribe, () => choice), choose];
