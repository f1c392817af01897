import { challengeWords } from '../../../messages/challenges';
import { newsWords } from '../../../messages/news';
import { runTogetherWords } from '../../../messages/running/together';
import { togetherWords } from '../../../messages/together';
import type { Challenge } from '../../../queries/challenges';
import type { Gathering } from '../../../queries/gatherings';
import type { Article } from '../../../queries/news';
import type { Poll } from '../../../queries/polls';
import { longDay } from '../../../words/dates';
import { dayOf, momentOf } from '../../../words/instants';
import type { Language } from '../../../words/language';
import type { Line } from './Listed';

/** What a list says of a gathering: when, and how many come or came. */
export function gatheringLine(gathering: Gathering, operation: string, language: Language): Line {
  const words = runTogetherWords[language];
  const { id, title, state, starts_at, counts } = gathering;
  const said = {
    draft: [],
    announced: [words.coming(counts.seated)],
    held: counts.attended > 0 ? [words.attended(counts.attended)] : [],
    cancelled: [words.calledOff],
  }[state];
  return {
    id,
    title,
    state: [momentOf(starts_at, language), ...said].join(' · '),
    isDraft: state === 'draft',
    place: {
      to: '/o/$operation/together/gatherings/$gathering',
      params: { operation, gathering: id },
    },
  };
}

export function pollLine(poll: Poll, language: Language): Line {
  const words = togetherWords[language];
  const { id, operation_id: operation, question, state, turnout, opens_at, closes_at } = poll;
  const said = {
    draft: words.opens(momentOf(opens_at, language)),
    announced: words.opens(momentOf(opens_at, language)),
    open: words.until(momentOf(closes_at, language)),
    counting: words.counting,
    closed: words.adopted,
    cancelled: words.cancelled,
  }[state];
  const voted =
    turnout && state !== 'announced'
      ? [runTogetherWords[language].voted(turnout.voted, turnout.voters)]
      : [];
  return {
    id,
    title: question,
    state: [said, ...voted].join(' · '),
    isDraft: state === 'draft',
    place: { to: '/o/$operation/together/polls/$poll', params: { operation, poll: id } },
  };
}

export function articleLine(article: Article, operation: string, language: Language): Line {
  const { id, title, state, audience, is_pinned, published_at, withdrawn_at } = article;
  const words = newsWords[language];
  const who = runTogetherWords[language].who;
  return {
    id,
    title,
    state: [
      ...(is_pinned && state === 'published' ? [words.pinned] : []),
      ...(withdrawn_at ? [runTogetherWords[language].withdrawn] : []),
      who[audience],
      ...(published_at ? [dayOf(published_at, language)] : []),
    ].join(' · '),
    isDraft: state === 'draft',
    place: { to: '/o/$operation/together/news/$article', params: { operation, article: id } },
  };
}

export function challengeLine(challenge: Challenge, language: Language): Line {
  const { id, operation_id: operation, title, state, first_day, last_day } = challenge;
  const words = challengeWords[language];
  const period = words.period(longDay(first_day, language), longDay(last_day, language));
  return {
    id,
    title,
    state: [
      period,
      ...(state === 'cancelled' ? [runTogetherWords[language].wasCancelled] : []),
    ].join(' · '),
    isDraft: state === 'draft',
    place: {
      to: '/o/$operation/together/challenges/$challenge',
      params: { operation, challenge: id },
    },
  };
}
