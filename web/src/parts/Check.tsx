import styles from './Field.module.css';

interface CheckProps {
  name: string;
  label: string;
  isChecked: boolean;
}

/** Yes or no. */
export function Check({ name, label, isChecked }: CheckProps) {
  return (
    <label className={styles.check}>
      <input type="checkbox" name={name} defaultChecked={isChecked} />
      {label}
    </label>
  );
}
