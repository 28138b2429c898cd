import { useLocation, useNavigate } from 'react-router';

/** A sentence the portal shows after something led back to it. */
export interface Notice { text: string; tone: 'success' | 'info' | 'warning' }

/** Goes to the portal and says why. */
export function useReturnToPortal(): (notice?: Notice) => void {
  const navigate = useNavigate();
  return (notice) => void navigate('/', { replace: true, state: notice ?? null });
}

export function useNotice(): [Notice | null, () => void] {
  const location = useLocation();
  const navigate = useNavigate();
  return [location.state as Notice | null, () => void navigate('.', { replace: true, state: null })];
}
