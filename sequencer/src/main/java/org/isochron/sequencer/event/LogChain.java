package org.isochron.sequencer.event;

import org.isochron.codecs.frame.Frame;
import org.isochron.sequencer.edge.Journal;
import org.isochron.sequencer.edge.JournalException;
import org.isochron.sequencer.edge.JournalReader;
import org.slf4j.LoggerFactory;

/** What a node's own log says of one command, to tell whether an event journal was made from it. */
@FunctionalInterface
public interface LogChain {
    /** Chain of the log before that command, or null when the log at hand does not reach back to it, or not any more. */
    Long before(long matchSeq);

    /** Of an open journal. */
    static LogChain of(final Journal journal) {
        return matchSeq -> {
            final Long[] found = new Long[1];
            try (JournalReader reader = journal.newReader()) {
                reader.seek(matchSeq);
                reader.poll(
                        (buffer, offset, length) ->
                                found[0] = new Frame().wrap(buffer, offset).prevChain(),
                        1);
            } catch (final JournalException gone) {
                LoggerFactory.getLogger(LogChain.class)
                        .warn("events cannot be held against command {}: {}", matchSeq, gone.getMessage());
                return null;
            }
            return found[0];
        };
    }
}
