package org.isochron.codecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;
import org.junit.jupiter.api.Test;

/** The page for people must not fall behind the schemas. */
class ProtocolPageTest {
    private static final Pattern ROLES = Pattern.compile("^\\[([A-Z_, ]+)]");
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (\\w+) \\|.*");

    private final List<String> lines;

    ProtocolPageTest() throws Exception {
        lines = Files.readAllLines(Path.of("PROTOCOL.md"));
    }

    @Test
    void shouldListEveryMessageWithTheRolesThatMaySendIt() {
        for (final MessageSchema message : Schema.venue().messages()) {
            final Matcher roles = ROLES.matcher(message.description());
            final String start = "| " + message.templateId() + " | " + message.name() + " | "
                    + (roles.find() ? roles.group(1) + " | " : "");
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(start)), "a row starting with " + start);
        }
    }

    @Test
    void shouldListEveryRejectCode() {
        for (final RejectCode code : RejectCode.values()) {
            if (code != RejectCode.NULL_VAL) {
                final String start = "| " + code.value() + " | " + code + " | ";
                assertTrue(lines.stream().anyMatch(line -> line.startsWith(start)), "a row starting with " + start);
            }
        }
    }

    @Test
    void shouldListNothingThatTheSchemasDoNotHave() {
        boolean inCodes = false;
        for (final String line : lines) {
            inCodes = line.startsWith("## ") ? line.equals("## Reject codes") : inCodes;
            final Matcher row = ROW.matcher(line);
            if (row.matches() && Character.isUpperCase(row.group(2).charAt(0))) {
                final int id = Integer.parseInt(row.group(1));
                final String known = inCodes
                        ? RejectCode.get(id).name()
                        : Schema.venue().message(id).name();
                assertEquals(known, row.group(2), line);
            }
        }
    }
}
