package org.isochron.ops.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.isochron.ops.calendar.CalendarException;
import org.isochron.ops.calendar.CalendarFile;
import org.isochron.ops.calendar.Transition;
import org.isochron.ops.terminal.BadInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code calendar}: turns a session calendar into the transitions that an operator has sequenced. */
@Command(
        name = "calendar",
        description = {
            "Check a primary market's session calendar and print its transitions.",
            "",
            "One line for each session that begins, as a script takes it: a CalendarTransition of the operator, at its time"
                    + " in UTC, with the session announced after it. Time zones, clock changes, holidays and early closes"
                    + " are resolved here; the core knows none of them. Hours that overlap, times that do not exist and"
                    + " gaps are errors, exit code 2."
        },
        footer = {
            "  isochron calendar ops/config/calendars/us-equities-24x5.json --instrument TSLA-PERP \\",
            "      --from 2026-03-06T00:00:00Z --to 2026-03-10T00:00:00Z",
        })
public final class CalendarCommand extends ReportingCommand {
    @Parameters(paramLabel = "FILE", description = "The calendar, JSON.")
    private Path file;

    @Option(
            names = "--instrument",
            paramLabel = "SYMBOL",
            required = true,
            description = "Instrument it is the calendar of; more than once for several.")
    private List<String> instruments;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            required = true,
            description = "First time, such as 2026-03-06T00:00:00Z.")
    private String from;

    @Option(names = "--to", paramLabel = "TIME", required = true, description = "Time at which it ends, excluded.")
    private String to;

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(file + ": no such file");
        }
        final List<Transition> transitions;
        try {
            transitions = CalendarFile.read(file).transitions(time("--from", from), time("--to", to));
        } catch (final CalendarException ex) {
            throw new BadInputException(ex.getMessage(), ex);
        }
        final PrintWriter out = out();
        for (final Transition transition : transitions) {
            instruments.forEach(instrument -> out.write(transition.scriptLine(instrument) + "\n"));
        }
        out.flush();
        return Failures.OK;
    }

    private static Instant time(final String option, final String text) {
        try {
            return Instant.parse(text);
        } catch (final DateTimeParseException ex) {
            throw new BadInputException(option + " " + text + ": not a time such as 2026-03-06T00:00:00Z", ex);
        }
    }
}
