import { Loaded } from '../layout/Loaded';
import { PersonaParts } from '../personas/PersonaParts';
import { usePersona } from '../personas/personas';
import { Section } from './Section';

/** What follows the person from one desktop to the next, to be taken back by themselves. */
export function SettingsSection() {
  const persona = usePersona(null);
  return (
    <Section title="Your settings" testId="profile-settings">
      <Loaded query={persona} label="settings">
        {(details) => details.parts.length === 0 ? <p className="mayfly-subtle">Nothing is kept yet. What you set in a desktop whose settings follow you is saved when you log off.</p> : (
          <>
            <p>These follow you from one desktop to the next. If a program does not work any more, go back to what it was, or to what it is at first.</p>
            <PersonaParts details={details} user={null} manages />
          </>
        )}
      </Loaded>
    </Section>
  );
}
