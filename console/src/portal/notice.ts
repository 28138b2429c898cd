import { useLocation, useNavigate } from 'react-router';

/** Where the cards are. The root opens the only desktop of a person who has just one. */
export const portalPath = '/desktops';

/** A sentence the portal shows after something led back to it. */
export interface Notice { text: string; tone: 'success' | 'info' | 'warning' }

/** Goes to the portal and says why. */
export function useReturnToPortal(): (notice?: Notice) => void {
  const navigate = useNavigate();
  return (notice) => void navigate(portalPath, { replace: true, state: notice ?? null });
}

export function useNotice(): [Notice | null, () => void] {
  const location = useLocation();
  const navigate = useNavigate();
  return [location.state as Notice | null, () => void navigate('.', { replace: true, state: null })];
}
