import { useState, type ReactNode } from 'react';
import type { HostView } from '../api/types';
import { useRights } from '../login/useRights';
import { MaintenanceDialog } from './MaintenanceDialog';
import { RemoveHostDialog } from './RemoveHostDialog';
import { othersTake, whyNotRemoved } from './words';

/** Something that can be done to a host, or why it can not be done now. */
export interface HostAction { title: string; danger: boolean; hindrance: string | null; onClick: () => void }

type Open = { kind: 'maintenance' | 'remove'; host: HostView };

/** What the reader may do to a host, and the dialog of what was chosen. */
export function useHostActions(hosts: readonly HostView[], onRemoved?: () => void): { actionsOf: (host: HostView) => HostAction[]; dialog: ReactNode } {
  const { may } = useRights();
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const actionsOf = (host: HostView): HostAction[] => !may('ManageHouse') ? [] : [
    { title: host.maintenance ? 'End maintenance' : 'Begin maintenance', danger: false, hindrance: null, onClick: () => setOpen({ kind: 'maintenance', host }) },
    // The server is no member that could leave.
    ...(host.own ? [] : [{ title: 'Remove', danger: true, hindrance: whyNotRemoved(host), onClick: () => setOpen({ kind: 'remove', host }) }]),
  ];
  return {
    actionsOf,
    dialog: open && (open.kind === 'remove' ? <RemoveHostDialog host={open.host} onClose={(removed) => { close(); if (removed) onRemoved?.(); }} /> : <MaintenanceDialog host={open.host} othersTake={othersTake(hosts, open.host.name)} onClose={close} />),
  };
}
