package org.isochron.ops.calendar;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.isochron.codecs.MarketSession;

/**
 * The sessions of one primary market over the days its file covers. Times are local; what the clocks of its zone do to them
 * is settled here, once, and a time that does not exist or exists twice is an error.
 */
public final class SessionCalendar {
    /** No market rests longer than this: more is a hole in the file. */
    private static final Duration LONGEST_REST = Duration.ofDays(10);

    private final ZoneId zone;
    private final LocalDate from;
    private final LocalDate until;
    private final List<Span> open;
    private final List<Span> holidays;

    private record Span(LocalDateTime from, LocalDateTime to) {
        boolean overlaps(final Span other) {
            return from.isBefore(other.to) && other.from.isBefore(to);
        }
    }

    /**
     * @param from     first day covered.
     * @param until    first day that is not.
     * @param closures local times without trading, holidays and what early closes cut off: pairs of beginning and end.
     * @throws CalendarException when hours overlap, or nothing is open for longer than any market rests.
     */
    SessionCalendar(
            final ZoneId zone,
            final LocalDate from,
            final LocalDate until,
            final List<Hours> week,
            final List<LocalDateTime[]> closures) {
        this.zone = zone;
        this.from = from;
        this.until = until;
        if (!from.isBefore(until)) {
            throw new CalendarException("it covers " + from + " until " + until + ": the end must be later");
        }
        if (week.isEmpty()) {
            throw new CalendarException("it has no hours, it needs some");
        }
        holidays = closures.stream().map(pair -> new Span(pair[0], pair[1])).toList();
        open = withoutHolidays(weekly(week));
        checkRests();
    }

    private List<Span> weekly(final List<Hours> week) {
        final List<Span> spans = new ArrayList<>();
        LocalDate monday =
                from.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(1);
        for (; monday.isBefore(until.plusWeeks(1)); monday = monday.plusWeeks(1)) {
            for (final Hours hours : week) {
                spans.add(new Span(hours.openIn(monday), hours.closeIn(monday)));
            }
        }
        spans.sort(Comparator.comparing(Span::from));
        for (int i = 1; i < spans.size(); i++) {
            if (spans.get(i).overlaps(spans.get(i - 1))) {
                throw new CalendarException("hours overlap: " + text(spans.get(i - 1)) + " and " + text(spans.get(i)));
            }
        }
        return joined(spans);
    }

    /** Hours that begin when others end go on. */
    private static List<Span> joined(final List<Span> spans) {
        final List<Span> joined = new ArrayList<>();
        for (final Span span : spans) {
            final int last = joined.size() - 1;
            if (last >= 0 && joined.get(last).to.equals(span.from)) {
                joined.set(last, new Span(joined.get(last).from, span.to));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }

    private List<Span> withoutHolidays(final List<Span> spans) {
        List<Span> left = spans;
        for (final Span holiday : holidays) {
            final List<Span> cut = new ArrayList<>();
            for (final Span span : left) {
                if (!span.overlaps(holiday)) {
                    cut.add(span);
                    continue;
                }
                if (span.from.isBefore(holiday.from)) {
                    cut.add(new Span(span.from, holiday.from));
                }
                if (holiday.to.isBefore(span.to)) {
                    cut.add(new Span(holiday.to, span.to));
                }
            }
            left = cut;
        }
        return left;
    }

    private void checkRests() {
        for (int i = 1; i < open.size(); i++) {
            final LocalDateTime closed = open.get(i - 1).to;
            final LocalDateTime opens = open.get(i).from;
            if (Duration.between(closed, opens).compareTo(LONGEST_REST) > 0) {
                throw new CalendarException("a gap: nothing is open from " + closed + " to " + opens + ", more than "
                        + LONGEST_REST.toDays() + " days");
            }
        }
        if (open.isEmpty()) {
            throw new CalendarException("nothing is ever open");
        }
    }

    /**
     * The transitions between two times, the first one at the beginning: the session that is on then.
     *
     * @throws CalendarException when the calendar does not cover all of it.
     */
    public List<Transition> transitions(final Instant begin, final Instant end) {
        final Instant first = from.atStartOfDay(zone).toInstant();
        final Instant last = until.atStartOfDay(zone).toInstant();
        if (begin.isBefore(first) || end.isAfter(last) || !begin.isBefore(end)) {
            throw new CalendarException("asked for " + begin + " to " + end + ", it covers " + first + " to " + last);
        }
        final List<Transition> all = boundaries();
        final List<Transition> within = new ArrayList<>();
        for (final Transition transition : all) {
            if (!transition.at().isAfter(begin)) {
                within.clear();
                within.add(new Transition(begin, transition.session(), transition.next(), transition.nextAt()));
            } else if (transition.at().isBefore(end)) {
                within.add(transition);
            }
        }
        return within;
    }

    private List<Transition> boundaries() {
        final List<Transition> all = new ArrayList<>();
        for (int i = 0; i + 1 < open.size(); i++) {
            final Span span = open.get(i);
            final LocalDateTime opensAgain = open.get(i + 1).from;
            final MarketSession rest = rest(span.to, opensAgain);
            all.add(new Transition(instant(span.from), MarketSession.OPEN, rest, instant(span.to)));
            all.add(new Transition(instant(span.to), rest, MarketSession.OPEN, instant(opensAgain)));
        }
        return all;
    }

    /** A rest with a holiday in it is one; one that takes in all of a Saturday or Sunday is a weekend. */
    private MarketSession rest(final LocalDateTime closes, final LocalDateTime opens) {
        final Span rest = new Span(closes, opens);
        if (holidays.stream().anyMatch(rest::overlaps)) {
            return MarketSession.HOLIDAY;
        }
        for (LocalDate day = closes.toLocalDate(); !day.isAfter(opens.toLocalDate()); day = day.plusDays(1)) {
            if (day.getDayOfWeek() == DayOfWeek.SATURDAY) {
                return MarketSession.WEEKEND;
            }
        }
        return MarketSession.OVERNIGHT;
    }

    private Instant instant(final LocalDateTime local) {
        final int offsets = zone.getRules().getValidOffsets(local).size();
        if (offsets != 1) {
            throw new CalendarException(local + " " + (offsets == 0 ? "does not exist" : "exists twice") + " in " + zone
                    + ", where clocks change then");
        }
        return local.atZone(zone).toInstant();
    }

    private static String text(final Span span) {
        return span.from + " to " + span.to;
    }
}
