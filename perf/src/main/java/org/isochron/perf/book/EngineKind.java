package org.isochron.perf.book;

import org.isochron.perf.flow.TradeTape;
import org.isochron.perf.peer.ExchangeCoreEngine;
import org.isochron.perf.peer.ParityEngine;

/** The engines that are compared. */
public enum EngineKind {
    ISOCHRON("isochron", false),
    EXCHANGE_CORE_DIRECT("exchangeCoreDirect", true),
    EXCHANGE_CORE_NAIVE("exchangeCoreNaive", true),
    PARITY_MATCH("parityMatch", true);

    private final String id;
    private final boolean peer;

    EngineKind(final String id, final boolean peer) {
        this.id = id;
        this.peer = peer;
    }

    /** Name in results. */
    public String id() {
        return id;
    }

    /** Whether it needs the peers' libraries. */
    public boolean isPeer() {
        return peer;
    }

    /** An empty book; the classes of an engine are loaded only here. */
    BookEngine create(final TradeTape trades) {
        return switch (this) {
            case ISOCHRON -> new IsochronEngine(trades);
            case EXCHANGE_CORE_DIRECT -> ExchangeCoreEngine.direct(trades);
            case EXCHANGE_CORE_NAIVE -> ExchangeCoreEngine.naive(trades);
            case PARITY_MATCH -> new ParityEngine(trades);
        };
    }
}
