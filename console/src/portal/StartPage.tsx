import { Bullseye, Spinner } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Navigate } from 'react-router';
import type { MeView } from '../api/types';
import { desktopsKey, fetchDesktops } from './desktops';
import { portalPath } from './notice';
import { onlyChoice } from './onlyChoice';

/** Where signing in leads: to the only desktop, or to the cards. Coming back from a desktop leads to the cards, never here. */
export function StartPage({ me }: { me: MeView }) {
  const desktops = useQuery({ queryKey: desktopsKey, queryFn: ({ signal }) => fetchDesktops(signal) });
  if (desktops.isPending) return <Bullseye><Spinner aria-label="Loading your desktops" /></Bullseye>;
  // The cards' page tells what went wrong, if anything did.
  return <Navigate to={onlyChoice(me, desktops.data ?? []) ?? portalPath} replace />;
}
