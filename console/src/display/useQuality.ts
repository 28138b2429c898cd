import { useEffect } from 'react';
import { qualityNamed, type Quality } from './quality';
import type { Screen } from './screen';
import { useRemembered } from './useRemembered';

/** Keeps the screen at the chosen quality, which this browser remembers. */
export function useQuality(screen: Screen | null): [Quality, (name: string) => void] {
  const [name, choose] = useRemembered('quality', 'balanced');
  const quality = qualityNamed(name);
  useEffect(() => { screen?.refine(quality); }, [screen, quality]);
  return [quality, choose];
}
