import { useId } from 'react';
import fields from '../../../parts/Field.module.css';

/** As the platform takes them, which looks at what they contain. */
const TYPES = '.pdf,.odt,.docx,.png,.jpg,.jpeg';

interface FileFieldProps {
  name: string;
  label: string;
  help: string;
}

/** A file of this device, which has to be chosen. */
export function FileField({ name, label, help }: FileFieldProps) {
  const id = useId();
  return (
    <div className={fields.field}>
      <label htmlFor={id}>{label}</label>
      <span slot="description" id={`${id}-help`}>
        {help}
      </span>
      <input
        id={id}
        name={name}
        type="file"
        accept={TYPES}
        required
        aria-describedby={`${id}-help`}
      />
    </div>
  );
}

/** The file that was chosen; null: none. */
export function fileIn(form: FormData, name: string): File | null {
  const file = form.get(name);
  return file instanceof File && file.size > 0 ? file : null;
}
