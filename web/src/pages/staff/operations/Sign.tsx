import { Icon, type IconName } from '../../../parts/Icon';
import type { StepState } from '../../../words/monthSteps';
import styles from './Overview.module.css';

const ICONS: Partial<Record<StepState['tone'], IconName>> = {
  done: 'done',
  todo: 'after',
  alert: 'alert',
};

/** A step by its sign, each of another form and colour; words beside it say the same. None of them is text: what is searched or read out is the words. */
export function Sign({ tone }: { tone: StepState['tone'] }) {
  const icon = ICONS[tone];
  return (
    <span className={`${styles.sign} ${styles[tone]}`} aria-hidden="true">
      {icon && <Icon name={icon} />}
    </span>
  );
}
