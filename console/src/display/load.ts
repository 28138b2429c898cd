/** Fetches the display code, once; noVNC is large and not needed to show the portal. */
export const loadDisplay = (): Promise<typeof import('./pages')> => import('./pages');
