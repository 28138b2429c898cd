import { Button, FormGroup, FormSelect, FormSelectOption, Label, LabelGroup } from '@patternfly/react-core';
import { useState } from 'react';

interface Props {
  id: string; label: string; chosen: readonly string[]; choices: readonly { name: string; displayName: string }[]; onChange: (chosen: readonly string[]) => void;
  /** What is said while nothing is chosen. */
  none: string;
}

/** Picks some names out of many, one after the other. */
export function NamePicker({ id, label, chosen, choices, onChange, none }: Props) {
  const [next, setNext] = useState('');
  const others = choices.filter(({ name }) => !chosen.includes(name));
  const add = () => { onChange([...chosen, next]); setNext(''); };
  return (
    <FormGroup label={label} fieldId={id}>
      <div className="mayfly-buttons">
        <FormSelect id={id} data-testid={id} className="mayfly-picker" value={next} onChange={(_, name) => setNext(name)}>
          <FormSelectOption value="" label={others.length === 0 ? 'Nothing else to choose' : 'Choose'} isDisabled />
          {others.map(({ name, displayName }) => <FormSelectOption key={name} value={name} label={displayName === name ? name : `${displayName} (${name})`} />)}
        </FormSelect>
        <Button variant="secondary" data-testid={`${id}-add`} isDisabled={next === ''} onClick={add}>Add</Button>
      </div>
      {chosen.length === 0
        ? <p className="mayfly-subtle">{none}</p>
        : <LabelGroup aria-label={label} numLabels={20}>{chosen.map((name) => <Label key={name} onClose={() => onChange(chosen.filter((other) => other !== name))} closeBtnAriaLabel={`Remove ${name}`}>{name}</Label>)}</LabelGroup>}
    </FormGroup>
  );
}
