package org.isochron.replay.script;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.isochron.codecs.schema.MessageSchema;

/** What one line of a script asks for. */
sealed interface ScriptLine {
    /**
     * Sequence a message.
     *
     * @param atNs    when, nanoseconds UTC.
     * @param origin  who is to appear as its maker.
     * @param session session that sends it, when the origin is a session.
     * @param message which message.
     * @param fields  its fields as written.
     */
    record Command(long atNs, Origin origin, long session, MessageSchema message, ObjectNode fields)
            implements ScriptLine {}

    /** Print an account's state. */
    record AccountQuery(long accountId) implements ScriptLine {}

    /** Print an instrument's state. */
    record InstrumentQuery(String symbol) implements ScriptLine {}

    /** Print the venue's state. */
    record VenueQuery() implements ScriptLine {}

    /** Turn the runner's own risk node on or off. */
    record RiskSwitch(boolean on) implements ScriptLine {}

    /** Print, or do not print, the acknowledgements of what the runner's own session sends. */
    record VerboseSwitch(boolean on) implements ScriptLine {}
}
