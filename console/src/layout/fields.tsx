import { FormGroup, FormHelperText, HelperText, HelperTextItem, NumberInput, TextInput } from '@patternfly/react-core';

interface TextProps { id: string; label: string; value: string; onChange: (value: string) => void; help?: string; required?: boolean; type?: 'text' | 'password' }

const Help = ({ text }: { text: string | undefined }) =>
  text === undefined ? null : <FormHelperText><HelperText><HelperTextItem>{text}</HelperTextItem></HelperText></FormHelperText>;

export function TextField({ id, label, value, onChange, help, required = false, type = 'text' }: TextProps) {
  return (
    <FormGroup label={label} fieldId={id} isRequired={required}>
      <TextInput id={id} data-testid={id} type={type} isRequired={required} autoComplete={type === 'password' ? 'new-password' : 'off'} value={value} onChange={(_, next) => onChange(next)} />
      <Help text={help} />
    </FormGroup>
  );
}

interface NumberProps { id: string; label: string; value: number; onChange: (value: number) => void; min: number; max: number; step?: number; help?: string }

export function NumberField({ id, label, value, onChange, min, max, step = 1, help }: NumberProps) {
  const set = (next: number) => onChange(Math.min(max, Math.max(min, Math.round(next))));
  return (
    <FormGroup label={label} fieldId={id}>
      <NumberInput
        value={value} min={min} max={max} inputProps={{ id, 'data-testid': id }} inputAriaLabel={label} minusBtnAriaLabel={`Less: ${label}`} plusBtnAriaLabel={`More: ${label}`}
        onMinus={() => set(value - step)} onPlus={() => set(value + step)} onChange={(event) => set(Number(event.currentTarget.value))}
      />
      <Help text={help} />
    </FormGroup>
  );
}
