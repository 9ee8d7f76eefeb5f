package org.isochron.sequencer.event;

/**
 * What somebody wants of an event journal.
 *
 * @param flow         which events.
 * @param id           session or firm.
 * @param sessionVerId incarnation, for {@link Flow#SESSION}.
 * @param accountId    only events of that account, or {@link #ANY_ACCOUNT}; for histories.
 * @param from         number of the first event; of a history, matchSeq * 65,536 + subSeq of the earliest.
 * @param to           last command wanted, for histories.
 * @param limit        most events.
 */
public record EventQuery(Flow flow, int id, long sessionVerId, long accountId, long from, long to, int limit) {
    /** No choice by account. */
    public static final long ANY_ACCOUNT = 0xFFFF_FFFFL;

    /** Bits of subSeq in the id of an event. */
    public static final int SUB_SEQ_BITS = 16;

    /** Sorts of flows. */
    public enum Flow {
        /** Events of one incarnation of a session, by sessionSeq. */
        SESSION(true),
        /** Drop copy of a firm, by dropCopySeq. */
        FIRM(true),
        /** Numbered events of a session in whatever incarnation. */
        SESSION_HISTORY(false),
        /** Events of a firm's drop copy, of one account or of all. */
        FIRM_HISTORY(false);

        private final boolean isNumbered;

        Flow(final boolean isNumbered) {
            this.isNumbered = isNumbered;
        }

        /** Whether its events are dense in a number of its own. */
        public boolean isNumbered() {
            return isNumbered;
        }
    }
}
