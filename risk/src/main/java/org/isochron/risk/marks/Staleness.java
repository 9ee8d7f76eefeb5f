package org.isochron.risk.marks;

import org.isochron.risk.ledger.Instruments;
import org.isochron.risk.rules.IndexRules;

/** The age at which a source drops out: as the index rules say, without any as the instrument's definition does. */
final class Staleness {
    private final Instruments instruments;
    private final IndexRules rules;

    Staleness(final Instruments instruments, final IndexRules rules) {
        this.instruments = instruments;
        this.rules = rules;
    }

    long ns(final int instrument) {
        return rules.isDefined(instrument) ? rules.staleNs(instrument) : instruments.indexStaleNs(instrument);
    }
}
