import {
  Checkbox, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, NumberInput, type NumberInputProps, TextArea, TextInput,
} from '@patternfly/react-core';

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

export function NumberField({ id, label, help, ...number }: NumberProps) {
  return (
    <FormGroup label={label} fieldId={id}>
      <NumberEntry inputProps={{ id, 'data-testid': id }} inputAriaLabel={label} minusBtnAriaLabel={`Less: ${label}`} plusBtnAriaLabel={`More: ${label}`} {...number} />
      <Help text={help} />
    </FormGroup>
  );
}

interface EntryProps extends Pick<NumberProps, 'value' | 'onChange' | 'min' | 'max' | 'step'>,
  Pick<NumberInputProps, 'inputProps' | 'inputAriaLabel' | 'minusBtnAriaLabel' | 'plusBtnAriaLabel' | 'widthChars'> {}

/** A number alone. Brought within its range once it has been typed: a limit at each key would make other numbers of it. */
export function NumberEntry({ value, onChange, min, max, step = 1, ...input }: EntryProps) {
  const set = (next: number) => onChange(Math.min(max, Math.max(min, Math.round(next))));
  return (
    <NumberInput
      value={value} min={min} max={max} {...input} onMinus={() => set(value - step)} onPlus={() => set(value + step)} onBlur={() => set(value)}
      onChange={(event) => onChange(Math.round(Number(event.currentTarget.value)) || 0)}
    />
  );
}

/** A value and what people read for it; a value that can not be chosen now says why in its words. */
export interface Choice<T extends string> { value: T; label: string; disabled?: boolean }

interface SelectProps<T extends string> { id: string; label: string; value: T; choices: readonly Choice<T>[]; onChange: (value: T) => void; help?: string; required?: boolean }

export function SelectField<T extends string>({ id, label, value, choices, onChange, help, required = false }: SelectProps<T>) {
  return (
    <FormGroup label={label} fieldId={id} isRequired={required}>
      <FormSelect id={id} data-testid={id} value={value} onChange={(_, next) => onChange(next as T)}>
        {choices.map((choice) => <FormSelectOption key={choice.value} value={choice.value} label={choice.label} isDisabled={choice.disabled ?? false} />)}
      </FormSelect>
      <Help text={help} />
    </FormGroup>
  );
}

interface LinesProps { id: string; label: string; value: string; onChange: (value: string) => void; help: string; required?: boolean }

/** Several lines of text. */
export function LinesField({ id, label, value, onChange, help, required = false }: LinesProps) {
  return (
    <FormGroup label={label} fieldId={id} isRequired={required}>
      <TextArea id={id} data-testid={id} isRequired={required} value={value} rows={2} autoResize resizeOrientation="vertical" onChange={(_, next) => onChange(next)} />
      <Help text={help} />
    </FormGroup>
  );
}

interface CheckProps { id: string; label: string; checked: boolean; onChange: (checked: boolean) => void; help?: string }

export const CheckField = ({ id, label, checked, onChange, help }: CheckProps) =>
  <Checkbox id={id} data-testid={id} label={label} description={help} isChecked={checked} onChange={(_, next) => onChange(next)} />;

interface OptionalProps extends Omit<NumberProps, 'value' | 'onChange'> { value: number | null; first: number; onChange: (value: number | null) => void }

/** A number that need not be: a check and, once it is set, the number. */
export function OptionalNumberField({ id, label, value, first, onChange, help, ...range }: OptionalProps) {
  return (
    <FormGroup role="group" fieldId={`${id}-on`}>
      <Checkbox
        id={`${id}-on`} data-testid={`${id}-on`} label={label} description={help} isChecked={value !== null} onChange={(_, on) => onChange(on ? first : null)}
        body={value !== null && <NumberField id={id} label="Minutes" value={value} onChange={onChange} {...range} />}
      />
    </FormGroup>
  );
}
