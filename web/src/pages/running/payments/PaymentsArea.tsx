import { Outlet } from '@tanstack/react-router';
import { paymentRefusals } from '../../../messages/refusals/payments';
import { runningRefusals } from '../../../messages/refusals/running';
import { MoreRefusals } from '../../../parts/Refusal';

const REFUSALS = {
  fr: { ...runningRefusals.fr, ...paymentRefusals.fr },
  en: { ...runningRefusals.en, ...paymentRefusals.en },
};

/** Around the pages about money, which have words for refusals of their own. */
export function PaymentsArea() {
  return (
    <MoreRefusals value={REFUSALS}>
      <Outlet />
    </MoreRefusals>
  );
}
