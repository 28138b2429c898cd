import { Alert, Button, Form, FormSection, HelperText, HelperTextItem } from '@patternfly/react-core';
import { useState } from 'react';
import type { HouseSettings } from '../api/types';
import { Facts } from '../layout/Facts';
import { CheckField, LinesField, NumberField, SelectField } from '../layout/fields';
import { Loaded } from '../layout/Loaded';
import { ProblemAlert } from '../layout/ProblemAlert';
import { useRights } from '../login/useRights';
import { lackOfHouse, toHouse, useHouse, useSetHouse } from './house';
import { SyslogFields } from './SyslogFields';

const placements = [{ value: 'Spread', label: 'Where most memory is free' }, { value: 'Pack', label: 'Where least memory is free and they fit' }] as const;

/** What holds for the whole house: a form for those who may change it, and a list for others. */
export function HouseTab() {
  const house = useHouse();
  const { may } = useRights();
  return <Loaded query={house} label="settings">{(settings) => may('ManageHouse') ? <HouseForm key={JSON.stringify(settings)} settings={settings} /> : <HouseFacts settings={settings} />}</Loaded>;
}

function HouseForm({ settings }: { settings: HouseSettings }) {
  const [draft, setDraft] = useState(settings);
  const set = useSetHouse();
  const lack = lackOfHouse(draft);
  const changed = JSON.stringify(toHouse(draft)) !== JSON.stringify(settings);
  const change = (part: Partial<HouseSettings>) => setDraft({ ...draft, ...part });
  return (
    <Form isWidthLimited data-testid="house-form" onSubmit={(event) => { event.preventDefault(); if (lack === null && !set.isPending) set.mutate(toHouse(draft)); }}>
      {set.error && <ProblemAlert error={set.error} />}
      {set.isSuccess && !changed && <Alert isInline component="p" variant="success" title="The settings are saved" data-testid="house-saved" />}
      <FormSection title="Sign-in" titleElement="h2">
        <NumberField id="house-idle" label="Signed out after minutes without use" value={draft.signInIdleMinutes} min={5} max={10_080} step={15} onChange={(signInIdleMinutes) => change({ signInIdleMinutes })} />
        <NumberField id="house-longest" label="Signed out after minutes in any case" value={draft.signInLongestMinutes} min={5} max={43_200} step={60} onChange={(signInLongestMinutes) => change({ signInLongestMinutes })} />
        <NumberField id="house-wrong" label="Wrong passwords in a row that pause a name" value={draft.wrongPasswords} min={3} max={100} onChange={(wrongPasswords) => change({ wrongPasswords })} />
        <CheckField id="house-factor" label="Everybody with a role must set up a second factor" checked={draft.secondFactorForRoles} onChange={(secondFactorForRoles) => change({ secondFactorForRoles })} help="Who has none is led to setting it up, and may do nothing else before" />
        <LinesField id="house-text" label="Text of the sign-in page" value={draft.signInText ?? ''} onChange={(signInText) => change({ signInText })} help="Such as terms of use; at most 500 characters" />
      </FormSection>
      <FormSection title="Settings that follow users" titleElement="h2">
        <NumberField id="house-persona-versions" label="Days of which an earlier version is kept" value={draft.personaVersions} min={0} max={365} onChange={(personaVersions) => change({ personaVersions })} help="Of each program's settings, one for each day on which they changed" />
        <NumberField id="house-persona-minutes" label="Saved every so many minutes" value={draft.personaMinutes} min={0} max={1_440} step={5} onChange={(personaMinutes) => change({ personaMinutes })} help="While a session goes on, besides the log-off; 0 saves at log-off alone" />
        <NumberField id="house-persona-quota" label="Most of one user in MiB" value={draft.personaQuotaMib} min={1} max={16_384} step={256} onChange={(personaQuotaMib) => change({ personaQuotaMib })} help="What is beyond is not saved, and an event tells" />
      </FormSection>
      <FormSection title="Hosts" titleElement="h2">
        <SelectField id="house-placement" label="Where machines are made" value={draft.placement} choices={placements} onChange={(placement) => change({ placement })} help="In a house of several hosts, of those that have the image already" />
      </FormSection>
      <FormSection title="Events and ended sessions" titleElement="h2">
        <NumberField id="house-event-days" label="Days that events are kept" value={draft.eventDays} min={1} max={3_650} step={30} onChange={(eventDays) => change({ eventDays })} />
        <NumberField id="house-session-days" label="Days that ended sessions are kept" value={draft.sessionDays} min={1} max={3_650} step={30} onChange={(sessionDays) => change({ sessionDays })} />
        <SyslogFields syslog={draft.syslog} onChange={(syslog) => change({ syslog })} />
      </FormSection>
      {lack !== null && <HelperText isLiveRegion><HelperTextItem variant="warning">{lack}</HelperTextItem></HelperText>}
      <div className="mayfly-buttons">
        <Button type="submit" data-testid="house-save" isLoading={set.isPending} isDisabled={!changed || lack !== null || set.isPending}>Save</Button>
        <Button variant="link" isDisabled={!changed} onClick={() => setDraft(settings)}>Undo</Button>
      </div>
    </Form>
  );
}

function HouseFacts({ settings }: { settings: HouseSettings }) {
  const { syslog } = settings;
  return (
    <Facts
      testId="house-facts"
      facts={[
        ['Signed out', `after ${settings.signInIdleMinutes} minutes without use, ${settings.signInLongestMinutes} in any case`], ['Paused', `after ${settings.wrongPasswords} wrong passwords`],
        ['Second factor', settings.secondFactorForRoles ? 'for everybody with a role' : 'for who sets one up'], ['Sign-in page', settings.signInText ?? 'says nothing more'],
        ['Users\u2019 settings', `saved every ${settings.personaMinutes} min, earlier versions of ${settings.personaVersions} days, ${settings.personaQuotaMib} MiB at most`],
        ['Machines are made', settings.placement === 'Pack' ? 'where least memory is free and they fit' : 'where most memory is free'],
        ['Events are kept', `${settings.eventDays} days`], ['Ended sessions are kept', `${settings.sessionDays} days`],
        ['Events are sent', syslog === null ? 'nowhere' : `to ${syslog.host}:${syslog.port} by ${syslog.transport.toUpperCase()}`],
      ]}
    />
  );
}
