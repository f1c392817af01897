import { SelectField } from '../../../parts/SelectField';
import { type Choice, placeOf } from '../../../words/choices';

interface PlaceFieldProps<Chosen> {
  name: string;
  label: string;
  choices: readonly Choice<Chosen>[];
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}

/** One of several, by its place: a point is not named in what a browser may keep of a form. */
export function PlaceField<Chosen>(props: PlaceFieldProps<Chosen>) {
  const { name, label, choices, chosen, onChange } = props;
  return (
    <SelectField
      name={name}
      label={label}
      options={choices.map(([, text], place) => [String(place), text] as const)}
      value={String(placeOf(choices, chosen))}
      onChange={(place) => {
        const choice = choices[Number(place)];
        if (choice) onChange(choice[0]);
      }}
    />
  );
}
