package org.isochron.matcher.venue;

import static org.isochron.codecs.RejectCode.BAD_VALUE;

import org.isochron.codecs.IndexRulesDecoder;
import org.isochron.risk.rules.IndexRules;
import org.isochron.risk.rules.RuleTable;

/** How indices are made, as the operator chooses. */
final class IndexRulesDesk {
    private static final long DEFAULT_SOFT_STALE_MS = 5_000;
    private static final long DEFAULT_STALE_MS = 30_000;
    private static final int DEFAULT_DEVIATION_PPM = 50_000;
    private static final int DEFAULT_JUMP_PPM = 200_000;
    private static final long DEFAULT_JUMP_PERSIST_MS = 3_000;
    private static final int DEFAULT_REQUIRED_SOURCES = 3;
    private static final int MAX_WEIGHT = 100;

    private final IndexRules rules;
    private final RuleTable table;
    private final RuleAdoption adoption;
    private final Reports reports;
    private final Refusal refusal = new Refusal();
    private final int[] weights = new int[IndexRules.SOURCES];

    IndexRulesDesk(final IndexRules rules, final RuleAdoption adoption, final Reports reports) {
        this.rules = rules;
        table = rules.table();
        this.adoption = adoption;
        this.reports = reports;
    }

    void onIndexRules(final Request request, final IndexRulesDecoder command) {
        if (adoption.refuses(refusal, command.instrumentId(), command.activationSequence())
                || refusesAges(command)
                || refusesLimits(command)
                || refusesSources(command)) {
            reports.businessReject(request, refusal);
            return;
        }
        stage(command);
        adoption.adopt(request, table, command.buffer(), command.offset(), command.encodedLength());
    }

    private boolean refusesAges(final IndexRulesDecoder command) {
        final long staleMs = staleMs(command);
        return TermChecks.refusesOutside(refusal, IndexRulesDecoder.staleMsId(), staleMs, 1, TermChecks.MILLIS_PER_DAY)
                || TermChecks.refusesOutside(
                        refusal, IndexRulesDecoder.softStaleMsId(), softStaleMs(command), 1, staleMs)
                || TermChecks.refusesTime(refusal, IndexRulesDecoder.jumpPersistMsId(), jumpPersistMs(command));
    }

    private boolean refusesLimits(final IndexRulesDecoder command) {
        return TermChecks.refusesDistanceOrNone(refusal, IndexRulesDecoder.deviationPpmId(), deviationPpm(command))
                || TermChecks.refusesDistanceOrNone(refusal, IndexRulesDecoder.jumpPpmId(), jumpPpm(command));
    }

    /** Reads the weights on the way. As many sources have one as a valid index needs, at least. */
    private boolean refusesSources(final IndexRulesDecoder command) {
        final IndexRulesDecoder.SourcesDecoder sources = command.sources();
        final boolean named = sources.count() > 0;
        for (int source = 0; source < IndexRules.SOURCES; source++) {
            weights[source] = named ? 0 : 1;
        }
        while (sources.hasNext()) {
            sources.next();
            final int source = sources.source();
            if (TermChecks.refusesOutside(
                            refusal, IndexRulesDecoder.SourcesDecoder.sourceId(), source, 0, IndexRules.SOURCES - 1)
                    || TermChecks.refusesOutside(
                            refusal, IndexRulesDecoder.SourcesDecoder.weightId(), sources.weight(), 0, MAX_WEIGHT)) {
                return true;
            }
            if (weights[source] != 0) {
                return refusal.of(BAD_VALUE, IndexRulesDecoder.SourcesDecoder.sourceId(), source);
            }
            weights[source] = sources.weight();
        }
        return TermChecks.refusesOutside(
                refusal, IndexRulesDecoder.requiredSourcesId(), requiredSources(command), 1, weighted());
    }

    private int weighted() {
        int weighted = 0;
        for (final int weight : weights) {
            if (weight != 0) {
                weighted++;
            }
        }
        return weighted;
    }

    private void stage(final IndexRulesDecoder command) {
        table.stage(IndexRules.SOFT_STALE_NS, softStaleMs(command) * TermChecks.NANOS_PER_MILLI);
        table.stage(IndexRules.STALE_NS, staleMs(command) * TermChecks.NANOS_PER_MILLI);
        table.stage(IndexRules.DEVIATION, deviationPpm(command));
        table.stage(IndexRules.JUMP, jumpPpm(command));
        table.stage(IndexRules.JUMP_PERSIST_NS, jumpPersistMs(command) * TermChecks.NANOS_PER_MILLI);
        table.stage(IndexRules.REQUIRED_SOURCES, requiredSources(command));
        rules.stageWeights(weights);
    }

    private static long staleMs(final IndexRulesDecoder command) {
        return Defaults.orDefault(command.staleMs(), DEFAULT_STALE_MS);
    }

    private static long softStaleMs(final IndexRulesDecoder command) {
        return Defaults.orDefault(command.softStaleMs(), Math.min(DEFAULT_SOFT_STALE_MS, staleMs(command)));
    }

    private static long jumpPersistMs(final IndexRulesDecoder command) {
        return Defaults.orDefault(command.jumpPersistMs(), DEFAULT_JUMP_PERSIST_MS);
    }

    private static int deviationPpm(final IndexRulesDecoder command) {
        return Defaults.orDefault(command.deviationPpm(), DEFAULT_DEVIATION_PPM);
    }

    private static int jumpPpm(final IndexRulesDecoder command) {
        return Defaults.orDefault(command.jumpPpm(), DEFAULT_JUMP_PPM);
    }

    private static int requiredSources(final IndexRulesDecoder command) {
        return Defaults.orDefault(command.requiredSources(), DEFAULT_REQUIRED_SOURCES);
    }
}
