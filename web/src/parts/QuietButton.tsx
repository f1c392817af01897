import { Button } from 'react-aria-components';
import styles from './QuietButton.module.css';

interface QuietButtonProps {
  children: string;
  onPress: () => void;
  /** For who listens, where the same words are on several buttons. */
  name?: string;
}

/** For what is beside the point of a page. */
export function QuietButton({ children, onPress, name }: QuietButtonProps) {
  return (
    <Button
      className={styles.quiet ?? ''}
      onPress={onPress}
      {...(name ? { 'aria-label': name } : {})}
    >
      {children}
    </Button>
  );
}
