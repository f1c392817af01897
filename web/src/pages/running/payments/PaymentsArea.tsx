import { Outlet } from '@tanstack/react-router';
import { paymentRefusals } from '../../../messages/refusals/payments';
import { MoreRefusals } from '../../../parts/Refusal';

/** Around the pages about money, which have words for refusals of their own. */
export function PaymentsArea() {
  return (
    <MoreRefusals value={paymentRefusals}>
      <Outlet />
    </MoreRefusals>
  );
}
