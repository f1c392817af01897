import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { requestWords } from '../../../messages/request';
import { staffRequestWords } from '../../../messages/staff/request';
import { requestDeskWords } from '../../../messages/staff/requests';
import { BackToRequests } from '../../../parts/Back';
import { Card } from '../../../parts/Card';
import chips from '../../../parts/Chip.module.css';
import facts from '../../../parts/Facts.module.css';
import { Heading } from '../../../parts/Heading';
import { PageAnswer } from '../../../parts/PageAnswer';
import shared from '../../../parts/Together.module.css';
import { type StaffRequest, staffRequestQuery } from '../../../queries/requestDesk';
import { POINT_KINDS } from '../../../queries/requests';
import { momentOf } from '../../../words/instants';
import { OF_OPERATIONS, useLanguage, useWords } from '../../../words/language';
import { power } from '../../../words/numbers';
import { FollowUp } from './FollowUp';
import { Notes } from './Notes';
import { SettingUp } from './SettingUp';
import { Stage } from './Stage';
import { Study } from './Study';

/** A request, from what was asked for to the operation that it becomes. */
export function OneRequest() {
  const { request: id } = useParams({ from: '/inside/staff/requests/$request' });
  const { stages } = useWords(requestWords);
  const query = useQuery(staffRequestQuery(id));
  return (
    <>
      <BackToRequests />
      <PageAnswer query={query}>
        {(request) => (
          <>
            <Heading>{`${request.organisation ?? request.name}, ${request.commune}`}</Heading>
            <p>
              <span className={chips.chip}>{stages[request.stage]}</span>
            </p>
            <SettingUp request={request} />
            <Facts request={request} />
            <Study request={request} />
            <Stage request={request} />
            <FollowUp request={request} />
            <Notes request={request} />
          </>
        )}
      </PageAnswer>
    </>
  );
}

function Facts({ request }: { request: StaffRequest }) {
  const words = useWords(staffRequestWords);
  const { points } = useWords(requestDeskWords);
  const { counts } = useWords(requestWords);
  const language = useLanguage();
  const { name, email, phone, organisation, siren, commune, address, plants_kwc } = request;
  return (
    <Card title={words.facts}>
      <blockquote className={shared.lines} lang={OF_OPERATIONS}>
        {request.reason}
      </blockquote>
      <dl className={facts.told}>
        <dt>{words.who}</dt>
        <dd>{name}</dd>
        {organisation && (
          <>
            <dt>{words.organisation}</dt>
            <dd>{organisation}</dd>
          </>
        )}
        {siren && (
          <>
            <dt>{words.siren}</dt>
            <dd>{siren}</dd>
          </>
        )}
        <dt>{words.contact}</dt>
        <dd>{request.may_be_contacted ? words.yes : words.no}</dd>
        <dt>{words.email}</dt>
        <dd>
          <a href={`mailto:${email}`}>{email}</a>
        </dd>
        {phone && (
          <>
            <dt>{words.phone}</dt>
            <dd>
              <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>{phone}</a>
            </dd>
          </>
        )}
        <dt>{words.where}</dt>
        <dd className={shared.lines}>{address ? `${address}\n${commune}` : commune}</dd>
        <dt>{points(request.point_count)}</dt>
        <dd>
          {POINT_KINDS.filter((kind) => request.points[kind] > 0)
            .map((kind) => `${counts[kind]} ${request.points[kind]}`)
            .join(' · ')}
        </dd>
        <dt>{words.plants}</dt>
        <dd>{plants_kwc.map((kwc) => power(kwc, true, language)).join(' · ') || words.noPlant}</dd>
        <dt>{words.received}</dt>
        <dd>{momentOf(request.received_at, language)}</dd>
      </dl>
    </Card>
  );
}
