package org.isochron.ops.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionCalendarTest {
    private static final Path CALENDARS = Path.of("config", "calendars");

    private static List<String> lines(final SessionCalendar calendar, final String from, final String to) {
        return calendar.transitions(Instant.parse(from), Instant.parse(to)).stream()
                .map(transition -> transition.at() + " " + transition.session() + " then " + transition.next() + " "
                        + transition.nextAt())
                .toList();
    }

    private static SessionCalendar calendar(final String more) throws IOException {
        return CalendarFile.parse(
                "{\"zone\":\"America/New_York\",\"from\":\"2026-01-01\",\"until\":\"2027-01-01\"," + more + "}");
    }

    @Test
    void shouldFollowTheClocksOfItsZoneOverAWeekend() throws IOException {
        final SessionCalendar calendar = CalendarFile.read(CALENDARS.resolve("us-equities-24x5.json"));

        assertEquals(
                List.of(
                        "2026-03-06T00:00:00Z OPEN then WEEKEND 2026-03-07T01:00:00Z",
                        "2026-03-07T01:00:00Z WEEKEND then OPEN 2026-03-09T00:00:00Z",
                        "2026-03-09T00:00:00Z OPEN then WEEKEND 2026-03-14T00:00:00Z"),
                lines(calendar, "2026-03-06T00:00:00Z", "2026-03-10T00:00:00Z"),
                "20:00 is five hours from UTC on Friday, four on Sunday");
    }

    @Test
    void shouldTellNightsHolidaysAndEarlyCloses() throws IOException {
        final SessionCalendar calendar = CalendarFile.read(CALENDARS.resolve("us-equities-regular.json"));

        assertEquals(
                List.of(
                        "2026-11-24T14:30:00Z OPEN then OVERNIGHT 2026-11-24T21:00:00Z",
                        "2026-11-24T21:00:00Z OVERNIGHT then OPEN 2026-11-25T14:30:00Z",
                        "2026-11-25T14:30:00Z OPEN then HOLIDAY 2026-11-25T21:00:00Z",
                        "2026-11-25T21:00:00Z HOLIDAY then OPEN 2026-11-27T14:30:00Z",
                        "2026-11-27T14:30:00Z OPEN then HOLIDAY 2026-11-27T18:00:00Z"),
                lines(calendar, "2026-11-24T14:30:00Z", "2026-11-27T15:00:00Z"));
    }

    @Test
    void shouldJoinHoursThatFollowOnEachOther() throws IOException {
        final SessionCalendar calendar = calendar("\"week\":[{\"open\":\"MONDAY 00:00\",\"close\":\"TUESDAY 00:00\"},"
                + "{\"open\":\"TUESDAY 00:00\",\"close\":\"WEDNESDAY 00:00\"}]");

        assertEquals(
                List.of(
                        "2026-06-01T04:00:00Z OPEN then WEEKEND 2026-06-03T04:00:00Z",
                        "2026-06-03T04:00:00Z WEEKEND then OPEN 2026-06-08T04:00:00Z"),
                lines(calendar, "2026-06-01T04:00:00Z", "2026-06-08T00:00:00Z"));
    }

    @Test
    void shouldWriteALineForAScript() throws IOException {
        final SessionCalendar calendar = CalendarFile.read(CALENDARS.resolve("us-equities-24x5.json"));
        final Transition transition = calendar.transitions(
                        Instant.parse("2026-03-07T01:00:00Z"), Instant.parse("2026-03-07T02:00:00Z"))
                .get(0);

        assertEquals(
                "{\"at\":\"2026-03-07T01:00:00Z\",\"as\":1,\"CalendarTransition\":{\"instrumentId\":\"TSLA-PERP\","
                        + "\"session\":\"WEEKEND\",\"nextSession\":\"OPEN\",\"nextTransitionNs\":\"1773014400000000000\"}}",
                transition.scriptLine("TSLA-PERP"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "\"week\":[]|it has no hours",
                "\"week\":[{\"open\":\"MONDAY 09:30\",\"close\":\"MONDAY 16:00\"},"
                        + "{\"open\":\"MONDAY 15:00\",\"close\":\"MONDAY 20:00\"}]|hours overlap",
                "\"week\":[{\"open\":\"MOONDAY 09:30\",\"close\":\"MONDAY 16:00\"}]|does not begin with a day",
                "\"week\":[{\"open\":\"MONDAY 25:30\",\"close\":\"MONDAY 16:00\"}]|does not end with a time",
                "\"week\":[{\"open\":\"MONDAY\",\"close\":\"MONDAY 16:00\"}]|is not a day and a time",
                "\"week\":[{\"open\":\"MONDAY 09:30\"}]|\"close\" is missing",
                "\"week\":[{\"open\":\"MONDAY 09:30\",\"close\":\"MONDAY 16:00\"}],\"holiday\":[]|\"holiday\" is unknown",
                "\"week\":[{\"open\":\"MONDAY 09:30\",\"close\":\"MONDAY 16:00\"}],"
                        + "\"holidays\":[\"2026-06-01\"]|a gap: nothing is open from 2026-05-25T16:00",
                "\"week\":[{\"open\":\"MONDAY 09:30\",\"close\":\"MONDAY 16:00\"}],"
                        + "\"holidays\":[{\"from\":\"2026-06-02T00:00\",\"to\":\"2026-06-01T00:00\"}]|the end must be later",
            })
    void shouldRefuseACalendarThatIsWrong(final String rest, final String why) {
        final CalendarException refused = assertThrows(CalendarException.class, () -> calendar(rest));

        assertTrue(refused.getMessage().contains(why), refused.getMessage());
    }

    @Test
    void shouldRefuseATimeThatTheClocksSkip() throws IOException {
        final SessionCalendar calendar = calendar("\"week\":[{\"open\":\"SUNDAY 02:30\",\"close\":\"FRIDAY 20:00\"}]");

        final CalendarException refused = assertThrows(
                CalendarException.class, () -> lines(calendar, "2026-03-06T00:00:00Z", "2026-03-10T00:00:00Z"));

        assertTrue(refused.getMessage().contains("2026-03-08T02:30 does not exist"), refused.getMessage());
    }

    @Test
    void shouldRefuseDaysItDoesNotCover() throws IOException {
        final SessionCalendar calendar = CalendarFile.read(CALENDARS.resolve("us-equities-24x5.json"));

        final CalendarException refused = assertThrows(
                CalendarException.class, () -> lines(calendar, "2026-12-30T00:00:00Z", "2027-01-10T00:00:00Z"));

        assertTrue(refused.getMessage().contains("it covers"), refused.getMessage());
    }
}
