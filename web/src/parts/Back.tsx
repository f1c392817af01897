import { Link, type LinkProps } from '@tanstack/react-router';
import { meWords } from '../messages/me';
import { notificationWords } from '../messages/notifications';
import { shellWords } from '../messages/shell';
import { monthName } from '../words/dates';
import { useLanguage, useWords } from '../words/language';
import styles from './Back.module.css';
import { Icon } from './Icon';

interface BackProps extends Pick<LinkProps, 'to' | 'params' | 'search' | 'hash'> {
  children: string;
}

/** Above the heading of a page that belongs to another one, the way there. */
export function Back({ children, ...page }: BackProps) {
  return (
    <Link className={styles.back} {...page}>
      <Icon name="before" />
      {children}
    </Link>
  );
}

export function BackToInvoices() {
  return <Back to="/invoices">{useWords(shellWords).invoices}</Back>;
}

export function BackToMonth({ month, number }: { month: string; number: number }) {
  const words = useWords(shellWords);
  const name = monthName(month, useLanguage());
  return (
    <Back to="/month/$month" params={{ month }} search={{ point: number }}>
      {`${words.month} · ${name}`}
    </Back>
  );
}

export function BackTogether() {
  return <Back to="/together">{useWords(shellWords).together}</Back>;
}

export function BackToNotifications() {
  return <Back to="/notifications">{useWords(notificationWords).title}</Back>;
}

export function BackToMe() {
  return <Back to="/me">{useWords(meWords).back}</Back>;
}

export function BackToOperation({ id, name }: { id: string; name: string }) {
  return (
    <Back to="/o/$operation" params={{ operation: id }}>
      {name}
    </Back>
  );
}

/** To where the invoices of a month are made. */
export function BackToClose({ operation, month }: { operation: string; month: string }) {
  return (
    <Back to="/o/$operation/months/$month" params={{ operation, month }} hash="bills">
      {useWords(shellWords).close}
    </Back>
  );
}

/** To the area of an operation that is about prices, who sells, and what was invoiced. */
export function BackToBills({ operation }: { operation: string }) {
  return (
    <Back to="/o/$operation/bills" params={{ operation }}>
      {useWords(shellWords).bills}
    </Back>
  );
}

export function BackToSetUp({ operation }: { operation: string }) {
  return (
    <Back to="/o/$operation/setup" params={{ operation }}>
      {useWords(shellWords).settingUp}
    </Back>
  );
}

export function BackToOperationTogether({ operation }: { operation: string }) {
  return (
    <Back to="/o/$operation/together" params={{ operation }}>
      {useWords(shellWords).together}
    </Back>
  );
}

export function BackToKeys({ operation }: { operation: string }) {
  return (
    <Back to="/o/$operation/keys" params={{ operation }}>
      {useWords(shellWords).keys}
    </Back>
  );
}

export function BackToPapers({ operation }: { operation: string }) {
  return (
    <Back to="/o/$operation/people/documents" params={{ operation }}>
      {useWords(meWords).documents}
    </Back>
  );
}

export function BackToFiles({ operation }: { operation: string }) {
  return (
    <Back to="/o/$operation/files" params={{ operation }}>
      {useWords(shellWords).files}
    </Back>
  );
}

export function BackToAccounts() {
  return <Back to="/staff/accounts">{useWords(shellWords).accounts}</Back>;
}

export function BackToDeliveries() {
  return <Back to="/staff/deliveries">{useWords(shellWords).files}</Back>;
}

export function BackToQuarantine() {
  return <Back to="/staff/quarantine">{useWords(shellWords).quarantine}</Back>;
}

export function BackToRequests() {
  return <Back to="/staff/requests">{useWords(shellWords).requests}</Back>;
}
