package org.isochron.replay.script;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.isochron.codecs.schema.MessageSchema;
import org.isochron.codecs.schema.Schema;

/** Reads the lines of one script, in order: what each asks for, and when. What its fields mean is left to the runner. */
final class ScriptParser {
    private static final String AT = "at";
    private static final String AS = "as";
    private static final String QUERY = "Query";
    private static final String RUNNER = "Runner";
    /** What a decoder puts in the place of bytes it cannot read. */
    private static final char REPLACED = '\uFFFD';

    private static final long MAX_SESSION = 0xFFFF_FFFEL;
    private static final List<String> COMMANDS = commands();

    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final ScriptTime time = new ScriptTime();

    /** Null for a blank line or a comment. */
    ScriptLine parse(final String text) throws LineException {
        final String trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.startsWith("#")) {
            return null;
        }
        if (trimmed.indexOf(REPLACED) >= 0) {
            throw new LineException("the line is not UTF-8 text");
        }
        final ObjectNode line = object(trimmed);
        final String verb = verb(line);
        return switch (verb) {
            case QUERY -> query(onlyMember(line, QUERY));
            case RUNNER -> option(onlyMember(line, RUNNER));
            default -> command(line, verb);
        };
    }

    private ObjectNode object(final String text) throws LineException {
        try {
            if (mapper.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (final JsonProcessingException malformed) {
            throw new LineException(
                    "not a JSON object at column " + malformed.getLocation().getColumnNr() + ": "
                            + malformed.getOriginalMessage(),
                    malformed);
        }
        throw new LineException("a line is a JSON object, like {\"at\":\"+1ms\",\"as\":7,\"Cancel\":{...}}");
    }

    /** The one member that is neither time nor sender. */
    private static String verb(final ObjectNode line) throws LineException {
        String verb = null;
        for (final Iterator<String> names = line.fieldNames(); names.hasNext(); ) {
            final String name = names.next();
            if (name.equals(AT) || name.equals(AS)) {
                continue;
            }
            if (verb != null) {
                throw new LineException("\"" + verb + "\" and \"" + name + "\" in one line; write one message a line");
            }
            verb = name;
        }
        if (verb == null) {
            throw new LineException("the line holds no message, no \"Query\" and no \"Runner\"");
        }
        return verb;
    }

    private ScriptLine command(final ObjectNode line, final String name) throws LineException {
        final MessageSchema message = Schema.venue().message(name);
        if (message == null) {
            throw new LineException("there is no message \"" + name + "\"; " + NearMatch.hint(name, COMMANDS));
        }
        final Origin maker = Origin.of(message.templateId());
        if (maker == null) {
            throw new LineException("\"" + name + "\" is not a command and never sequenced; commands are "
                    + String.join(", ", COMMANDS));
        }
        final long session = session(line, maker, name);
        final Origin origin = line.has(AS) ? Origin.SESSION : maker;
        final ObjectNode fields = member(line, name);
        return new ScriptLine.Command(time.next(text(line, AT)), origin, session, message, fields);
    }

    private static long session(final ObjectNode line, final Origin maker, final String name) throws LineException {
        final JsonNode as = line.get(AS);
        if (as == null) {
            if (maker == Origin.SESSION) {
                throw new LineException(
                        "\"as\" is missing: \"" + name + "\" is sent by a session; write \"as\":1 for the operator");
            }
            return 0;
        }
        if (!as.isIntegralNumber() || !as.canConvertToLong() || as.longValue() < 1 || as.longValue() > MAX_SESSION) {
            throw new LineException("\"as\" is " + as + "; write a session's id, 1 to " + MAX_SESSION);
        }
        return as.longValue();
    }

    private static ScriptLine query(final ObjectNode query) throws LineException {
        final String subject = onlyName(query, QUERY, List.of("account", "instrument", "venue"));
        final JsonNode value = query.get(subject);
        switch (subject) {
            case "account":
                if (value.isIntegralNumber() && value.canConvertToLong() && value.longValue() >= 0) {
                    return new ScriptLine.AccountQuery(value.longValue());
                }
                throw new LineException("\"account\" is " + value + "; write an account's id, like 7");
            case "instrument":
                if (value.isTextual()) {
                    return new ScriptLine.InstrumentQuery(value.textValue());
                }
                throw new LineException("\"instrument\" is " + value + "; write a symbol, like \"BTC-PERP\"");
            default:
                if (value.isBoolean() && value.booleanValue()) {
                    return new ScriptLine.VenueQuery();
                }
                throw new LineException("\"venue\" is " + value + "; write true");
        }
    }

    private static ScriptLine option(final ObjectNode option) throws LineException {
        final String name = onlyName(option, RUNNER, List.of("risk", "verbose", "format"));
        final JsonNode value = option.get(name);
        if (name.equals("format")) {
            return format(value);
        }
        if (name.equals("risk")) {
            return switch (value.asText()) {
                case "on" -> new ScriptLine.RiskSwitch(true);
                case "off" -> new ScriptLine.RiskSwitch(false);
                default -> throw new LineException("\"risk\" is " + value + "; write \"on\" or \"off\"");
            };
        }
        if (!value.isBoolean()) {
            throw new LineException("\"verbose\" is " + value + "; write true or false");
        }
        return new ScriptLine.VerboseSwitch(value.booleanValue());
    }

    private static ScriptLine format(final JsonNode value) throws LineException {
        if (!value.isInt() || value.intValue() != ScriptRunner.FORMAT) {
            throw new LineException("the script is of format " + value + ", this build runs format "
                    + ScriptRunner.FORMAT + "; run it with the build that wrote it");
        }
        return null;
    }

    private static ObjectNode onlyMember(final ObjectNode line, final String name) throws LineException {
        if (line.size() > 1) {
            throw new LineException("\"" + name + "\" stands alone in its line, without \"at\" and \"as\"");
        }
        return member(line, name);
    }

    private static ObjectNode member(final ObjectNode line, final String name) throws LineException {
        if (line.get(name) instanceof ObjectNode object) {
            return object;
        }
        throw new LineException("\"" + name + "\" is " + line.get(name) + "; write an object, {...}");
    }

    private static String onlyName(final ObjectNode object, final String of, final List<String> known)
            throws LineException {
        if (object.size() != 1) {
            throw new LineException("\"" + of + "\" takes exactly one of " + String.join(", ", known));
        }
        final String name = object.fieldNames().next();
        if (!known.contains(name)) {
            throw new LineException("\"" + of + "\" knows no \"" + name + "\"; " + NearMatch.hint(name, known));
        }
        return name;
    }

    private static String text(final ObjectNode line, final String name) throws LineException {
        final JsonNode value = line.get(name);
        if (value == null) {
            throw new LineException(
                    "\"" + name + "\" is missing; write a time like \"2026-01-05T14:30:00Z\" or \"+250ms\"");
        }
        if (!value.isTextual()) {
            throw new LineException(
                    "\"" + name + "\" is " + value + "; write a string like \"2026-01-05T14:30:00Z\" or \"+250ms\"");
        }
        return value.textValue();
    }

    private static List<String> commands() {
        final List<String> names = new ArrayList<>();
        for (final MessageSchema message : Schema.venue().messages()) {
            if (Origin.of(message.templateId()) != null) {
                names.add(message.name());
            }
        }
        return List.copyOf(names);
    }
}
