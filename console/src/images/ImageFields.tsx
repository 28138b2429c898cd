import { FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem } from '@patternfly/react-core';
import { SelectField } from '../layout/fields';
import { useImages } from './images';

interface Props {
  /** What the ids of the fields begin with. */
  id: string;
  image: string; version: string;
  /** True leaves out what is not published: only a fork needs a warm image. */
  forked: boolean;
  onChange: (image: string, version: string) => void;
}

/** An image and, where there are several, its version; the newest when empty. */
export function ImageFields({ id, image: chosen, version, forked, onChange }: Props) {
  const images = useImages();
  const usable = (images.data ?? [])
    .map((image) => ({ ...image, versions: image.versions.filter(({ warm }) => !forked || warm !== null) }))
    .filter((image) => image.versions.length > 0);
  const versions = usable.find((image) => image.name === chosen)?.versions ?? [];
  return (
    <>
      <FormGroup label="Image" fieldId={`${id}-image`} isRequired>
        <FormSelect id={`${id}-image`} data-testid={`${id}-image`} value={chosen} onChange={(_, image) => onChange(image, '')}>
          <FormSelectOption value="" label={forked ? 'Choose a published image' : 'Choose an image'} isDisabled />
          {usable.map((image) => <FormSelectOption key={image.name} value={image.name} label={image.name} />)}
        </FormSelect>
        {images.isSuccess && usable.length === 0 && (
          <FormHelperText><HelperText><HelperTextItem variant="warning">{forked ? 'No image is published yet. Publish one on the Images page first.' : 'There is no image yet. Build or import one on the Images page first.'}</HelperTextItem></HelperText></FormHelperText>
        )}
      </FormGroup>
      {versions.length > 1 && (
        <SelectField
          id={`${id}-image-version`} label="Version of the image" value={version} onChange={(next) => onChange(chosen, next)}
          choices={[{ value: '', label: forked ? 'Newest published' : 'Newest' }, ...versions.map((each) => ({ value: each.version, label: each.version }))]}
        />
      )}
    </>
  );
}
