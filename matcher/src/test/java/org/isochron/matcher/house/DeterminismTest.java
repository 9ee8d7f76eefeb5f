package org.isochron.matcher.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.isochron.codecs.fixed.FixedPoint;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.ledger.Ledger;
import org.isochron.sequencer.replica.Replica;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The house rules that the build cannot see. Deterministic packages use no clock, randomness, thread, floating point,
 * hashing collection of the JDK or identity hash; nothing but the edges of the sequencer knows Aeron or Chronicle.
 */
final class DeterminismTest {
    private static final List<String> FORBIDDEN = List.of(
            ClassScan.FLOATING_POINT,
            "java/lang/System.nanoTime",
            "java/lang/System.currentTimeMillis",
            "java/lang/System.identityHashCode",
            "java/lang/System.getenv",
            "java/lang/System.getProperty",
            "java/lang/Math.random",
            "java/lang/Thread",
            "java/lang/Object.hashCode",
            "java/lang/ref/",
            "java/lang/reflect/",
            "java/io/",
            "java/nio/file/",
            "java/net/",
            "java/time/",
            "java/util/concurrent/",
            "java/util/Random",
            "java/util/SplittableRandom",
            "java/util/UUID",
            "java/util/HashMap",
            "java/util/LinkedHashMap",
            "java/util/HashSet",
            "java/util/LinkedHashSet",
            "java/util/Hashtable",
            "java/util/IdentityHashMap",
            "java/util/WeakHashMap",
            "java/util/Map.of",
            "java/util/Map.copyOf",
            "java/util/Map.entry",
            "java/util/Set.of",
            "java/util/Set.copyOf",
            "java/util/Date",
            "java/util/Locale",
            "java/util/stream/",
            "java/security/SecureRandom",
            "org/agrona/collections/");

    private static final Map<String, Class<?>> DETERMINISTIC = new TreeMap<>(Map.of(
            "org.isochron.codecs.fixed", FixedPoint.class,
            "org.isochron.risk.state", Ledger.class,
            "org.isochron.risk.ledger", Ledger.class,
            "org.isochron.risk.margin", Ledger.class,
            "org.isochron.risk.marks", Ledger.class,
            "org.isochron.risk.liquidation", Ledger.class,
            "org.isochron.risk.rules", Ledger.class,
            "org.isochron.risk.funding", Ledger.class,
            "org.isochron.matcher.book", Venue.class,
            "org.isochron.matcher.venue", Venue.class));

    @Test
    void shouldFindNothingForbiddenInTheDeterministicPackages() {
        final Set<String> breaches = new TreeSet<>();
        DETERMINISTIC.forEach((name, anchor) -> breaches.addAll(breachesIn(anchor, name)));

        assertEquals(Set.of(), breaches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java/util/HashMap",
                "java/lang/System.nanoTime",
                "java/lang/System.currentTimeMillis",
                "java/util/Random",
                "java/lang/Thread",
                ClassScan.FLOATING_POINT,
                "java/lang/System.identityHashCode",
                "java/time/Instant"
            })
    void shouldFindEachPlantedBreach(final String planted) {
        final Set<String> breaches =
                ClassScan.ofPackage(Planted.class, "org.isochron.matcher.house", name -> name.equals("Planted.class"))
                        .stream()
                        .map(ClassScan.Use::what)
                        .filter(DeterminismTest::isForbidden)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertTrue(breaches.stream().anyMatch(what -> what.startsWith(planted)), breaches.toString());
    }

    @Test
    void shouldKnowAeronAndChronicleOnlyAtTheEdges() {
        final Set<String> breaches = new TreeSet<>();
        for (final String name : List.of("edge", "edge.memory", "gateway", "sequence", "replica", "client", "host")) {
            ClassScan.ofPackage(Replica.class, "org.isochron.sequencer." + name, any -> true).stream()
                    .filter(use ->
                            use.what().startsWith("io/aeron/") || use.what().startsWith("net/openhft/"))
                    .map(use -> use.byClass() + " uses " + use.what())
                    .forEach(breaches::add);
        }

        assertEquals(Set.of(), breaches);
    }

    private static Set<String> breachesIn(final Class<?> anchor, final String packageName) {
        return ClassScan.ofPackage(anchor, packageName, any -> true).stream()
                .filter(use -> isForbidden(use.what()))
                .map(use -> use.byClass() + " uses " + use.what())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isForbidden(final String what) {
        return FORBIDDEN.stream().anyMatch(what::startsWith);
    }
}
