package org.isochron.ops.calendar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads a session calendar: a JSON object with
 *
 * <ul>
 *   <li>{@code zone}, such as America/New_York;
 *   <li>{@code from} and {@code until}, the days it covers, the second one excluded;
 *   <li>{@code week}, hours such as {@code {"open":"MONDAY 09:30","close":"MONDAY 16:00"}};
 *   <li>{@code holidays}, dates closed all day, or {@code {"from":"2026-01-01T20:00","to":"2026-01-02T20:00"}};
 *   <li>{@code earlyCloses}, {@code {"date":"2026-11-27","close":"13:00"}}: closed from then to the end of that date.
 * </ul>
 */
public final class CalendarFile {
    private static final Set<String> KEYS = Set.of("name", "zone", "from", "until", "week", "holidays", "earlyCloses");

    private CalendarFile() {}

    /**
     * @throws CalendarException when it is no such calendar; the message names file and field.
     * @throws IOException       when the file cannot be read.
     */
    public static SessionCalendar read(final Path file) throws IOException {
        final String text = Files.readString(file);
        try {
            return parse(text);
        } catch (final CalendarException ex) {
            throw new CalendarException(file + ": " + ex.getMessage());
        }
    }

    static SessionCalendar parse(final String text) throws IOException {
        final JsonNode root;
        try {
            root = new ObjectMapper().readTree(text);
        } catch (final JsonProcessingException ex) {
            throw new CalendarException("it is no JSON: " + ex.getOriginalMessage());
        }
        root.fieldNames().forEachRemaining(name -> {
            if (!KEYS.contains(name)) {
                throw new CalendarException("\"" + name + "\" is unknown, a calendar has " + KEYS);
            }
        });
        try {
            return new SessionCalendar(
                    ZoneId.of(text(root, "zone")),
                    LocalDate.parse(text(root, "from")),
                    LocalDate.parse(text(root, "until")),
                    week(root.path("week")),
                    closures(root));
        } catch (final DateTimeException ex) {
            throw new CalendarException(ex.getMessage());
        }
    }

    private static List<Hours> week(final JsonNode nodes) {
        final List<Hours> week = new ArrayList<>();
        for (final JsonNode node : nodes) {
            week.add(Hours.of(text(node, "open"), text(node, "close")));
        }
        return week;
    }

    private static List<LocalDateTime[]> closures(final JsonNode root) {
        final List<LocalDateTime[]> closures = new ArrayList<>();
        for (final JsonNode node : root.path("holidays")) {
            if (node.isTextual()) {
                final LocalDate date = LocalDate.parse(node.textValue());
                closures.add(closure(date.atStartOfDay(), date.plusDays(1).atStartOfDay()));
            } else {
                closures.add(closure(LocalDateTime.parse(text(node, "from")), LocalDateTime.parse(text(node, "to"))));
            }
        }
        for (final JsonNode node : root.path("earlyCloses")) {
            final LocalDate date = LocalDate.parse(text(node, "date"));
            closures.add(closure(
                    date.atTime(LocalTime.parse(text(node, "close"))),
                    date.plusDays(1).atStartOfDay()));
        }
        return closures;
    }

    private static LocalDateTime[] closure(final LocalDateTime from, final LocalDateTime to) {
        if (!from.isBefore(to)) {
            throw new CalendarException("a closure from " + from + " to " + to + ": the end must be later");
        }
        return new LocalDateTime[] {from, to};
    }

    private static String text(final JsonNode node, final String key) {
        final JsonNode value = node.path(key);
        if (!value.isTextual()) {
            throw new CalendarException("\"" + key + "\" is missing in " + (node.size() > 4 ? "the calendar" : node));
        }
        return value.textValue();
    }
}
