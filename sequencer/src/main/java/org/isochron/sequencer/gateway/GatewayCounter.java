package org.isochron.sequencer.gateway;

/** What a gateway counts. */
public enum GatewayCounter {
    /** Client messages handed to the sequencer. */
    FORWARDED,
    /** Client messages with a number already used, dropped. */
    DUPLICATES,
    /** Client messages that never arrived, answered NotApplied. */
    GAPS,
    /** Client messages answered GatewayReject. */
    REJECTED,
    /** Client messages answered Busy THROTTLED. */
    THROTTLED,
    /** Client messages answered Busy OVERLOAD. */
    OVERLOADED,
    /** Client messages answered Busy REPLICA_MISSING. */
    REPLICA_MISSING,
    /** Messages on connections that have no session and cannot be answered. */
    IGNORED,
    /** Negotiate messages refused. */
    NEGOTIATIONS_REFUSED,
    /** Establish messages refused, by the gateway or by the core. */
    ESTABLISHES_REFUSED,
    /** Sessions opened. */
    SESSIONS_OPENED,
    /** Sessions whose end was told to the core. */
    SESSIONS_CLOSED,
    /** Sessions ended because the client did not read. */
    SLOW_CONSUMERS,
    /** Sessions ended because the client fell silent. */
    KEEP_ALIVES_LAPSED,
    /** Private events taken in order. */
    EVENTS,
    /** Second copies that were compared. */
    SECOND_COPIES,
    /** Second copies too old to be compared. */
    UNCOMPARED_COPIES,
    /** Second copies that differ from the first: two matchers disagree. */
    MISMATCHES,
    /** Private events that no matcher brought. */
    PRIVATE_GAPS,
    /** Messages on the private stream that are no event. */
    MALFORMED_EVENTS,
    /** Requests for old events that were taken on. */
    RESENDS,
    /** Requests for old events that were refused or could not be carried through. */
    RESENDS_REFUSED,
    /** Old events that were sent again. */
    RESENT_EVENTS
}
