import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sellerWords } from '../../../messages/running/sellers';
import { Answer } from '../../../parts/Answer';
import { Card } from '../../../parts/Card';
import { Field } from '../../../parts/Field';
import { Said } from '../../../parts/Said';
import { SendForm } from '../../../parts/SendForm';
import { TickField } from '../../../parts/TickField';
import { perimeterQuery } from '../../../queries/perimeters';
import { type Profile, profileInForce, profilesQuery, saveProfile } from '../../../queries/sellers';
import { monthAt } from '../../../words/dates';
import { useWords } from '../../../words/language';
import { profileIn } from '../../../words/sellers';
import { useChanged } from '../close/changed';
import type { OfSeller } from './Seller';
import { Company, Maker, More, Terms, Vat } from './SellerProfileFields';
import { SellerVersions } from './SellerVersions';

/** How a seller invoices: what holds today, to be changed from a day on. */
export function Invoicing({ operation, member }: OfSeller) {
  const words = useWords(sellerWords);
  const profiles = useQuery(profilesQuery(operation, member.id));
  const perimeter = useQuery(perimeterQuery(operation));
  const [isSaved, setSaved] = useState(false);
  return (
    <div id="profile">
      <Card title={words.profile}>
        <p>{words.profileHelp}</p>
        <Answer query={perimeter}>
          {({ valid_from }) => (
            <Answer query={profiles}>
              {(all) => {
                const profile = profileInForce(all);
                return (
                  <>
                    <ProfileForm
                      key={all.versions.length}
                      operation={operation}
                      member={member}
                      profile={profile}
                      // The first one is to hold for all that was supplied so far.
                      firstDay={profile ? `${monthAt(new Date())}-01` : valid_from}
                      onSaved={() => setSaved(true)}
                    />
                    <Said>{isSaved && words.profileSaved}</Said>
                    <SellerVersions versions={all.versions} />
                  </>
                );
              }}
            </Answer>
          )}
        </Answer>
      </Card>
    </div>
  );
}

interface FormProps extends Pick<OfSeller, 'operation' | 'member'> {
  profile: Profile | undefined;
  firstDay: string;
  onSaved?: () => void;
}

/** What the law wants to read on the invoices of a seller, and how it is paid, from a day on. */
export function ProfileForm({ operation, member, profile, firstDay, onSaved }: FormProps) {
  const words = useWords(sellerWords);
  const changed = useChanged(operation);
  const attempt = useMutation({
    mutationFn: (form: FormData) => saveProfile(member.id, profileIn(form)),
    onSuccess: () => {
      onSaved?.();
      return changed();
    },
  });
  return (
    <SendForm attempt={attempt} submit={words.saveProfile} onSend={attempt.mutate} isWide>
      <Field
        name="valid_from"
        type="date"
        label={words.validFrom}
        help={words.validFromHelp}
        defaultValue={firstDay}
      />
      <Company member={member} profile={profile} />
      <Vat key={member.vat_number} member={member} profile={profile} />
      <Terms member={member} profile={profile} />
      <Maker profile={profile} />
      <More member={member} profile={profile} />
      <p>{words.effect(member.name)}</p>
      <TickField name="checked" label={words.checked} isRequired />
    </SendForm>
  );
}
