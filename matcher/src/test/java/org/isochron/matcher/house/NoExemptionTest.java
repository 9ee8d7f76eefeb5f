package org.isochron.matcher.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.isochron.codecs.DeleveragedDecoder;
import org.isochron.matcher.venue.Venue;
import org.isochron.risk.ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Nobody is taken out of the deleveraging queue: no field of a message, no value of an enumeration, no column of state, no
 * class and no method of the core is called as if it did. Whoever wants to exempt somebody has to give it a name.
 */
final class NoExemptionTest {
    private static final String WHAT =
            "adl|deleverag\\w*|liquidat\\w*|haircut\\w*|settle\\w*|queue|rank\\w*|taker?_?over";
    private static final String HOW =
            "skip\\w*|protect\\w*|shield\\w*|exclu\\w*|ignor\\w*|spared?|bypass\\w*|opt_?out|never|no|not|without|disabled?|off";

    private static final Pattern FORBIDDEN = Pattern.compile(
            "exempt|immun|whitelist|white_list|allowlist|allow_list|safelist|untouchable|privileg|favou?r(ed|ite)|vip"
                    + "|preferred|senior|insider|house_?account|market_?maker_?(status|flag)"
                    + "|(^|_)(" + HOW + ")_?(" + WHAT + ")|(^|_)(" + WHAT + ")_?(" + HOW + ")($|_)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern NAME = Pattern.compile("name=\"([^\"]+)\"");
    private static final Pattern CAPITAL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private static final Map<String, Class<?>> PACKAGES = new TreeMap<>(Map.of(
            "org.isochron.risk.ledger", Ledger.class,
            "org.isochron.risk.margin", Ledger.class,
            "org.isochron.risk.marks", Ledger.class,
            "org.isochron.risk.liquidation", Ledger.class,
            "org.isochron.risk.rules", Ledger.class,
            "org.isochron.risk.funding", Ledger.class,
            "org.isochron.risk.watch", Ledger.class,
            "org.isochron.matcher.book", Venue.class,
            "org.isochron.matcher.venue", Venue.class));

    private static boolean isForbidden(final String name) {
        return FORBIDDEN.matcher(CAPITAL.matcher(name).replaceAll("_")).find();
    }

    @Test
    void shouldFindNoNameInTheSchemasThatCouldExemptAnybody() throws IOException {
        final Set<String> names = new TreeSet<>();
        for (final String schema : List.of("types", "session", "orders", "marketdata", "admin")) {
            names.addAll(namesInSchema("/" + schema + ".xml"));
        }

        assertTrue(names.contains("DeleverageRule"), "the scan reads the schemas: " + names.size() + " names");
        assertTrue(names.contains("PNL_LEVERAGE"), "and the values of enumerations");
        assertEquals(
                List.of(), names.stream().filter(NoExemptionTest::isForbidden).toList());
    }

    @Test
    void shouldFindNoColumnClassOrMethodInTheCoreThatCouldExemptAnybody() throws IOException {
        final Set<String> names = new TreeSet<>();
        for (final Map.Entry<String, Class<?>> scanned : PACKAGES.entrySet()) {
            names.addAll(namesInClasses(scanned.getValue(), scanned.getKey()));
        }

        assertTrue(names.contains("IN_LIQUIDATION"), "the scan sees columns");
        assertTrue(names.contains("positionOpenings"), "and names of tables");
        assertTrue(names.contains("isCandidate"), "and methods");
        assertEquals(
                List.of(), names.stream().filter(NoExemptionTest::isForbidden).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adlExempt",
                "EXEMPT",
                "isExempted",
                "immuneUntilNs",
                "noAdl",
                "NO_ADL",
                "adlOff",
                "skipDeleveraging",
                "SKIP_LIQUIDATION",
                "deleverageOptOut",
                "liquidationDisabled",
                "neverLiquidated",
                "excludedFromQueue",
                "excludeQueue",
                "protectedRanking",
                "vipAccount",
                "whitelist",
                "allowList",
                "privilegedAccounts",
                "favouredHolder",
                "haircutIgnored",
                "houseAccount"
            })
    void shouldFindEveryNameThatIsPlanted(final String planted) {
        assertTrue(isForbidden(planted), planted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Protections", "marketProtectionPpm", "settled", "isInLiquidation", "nextOffer", "rank"})
    void shouldNotTripOverWordsOfOtherMeaning(final String name) {
        assertFalse(isForbidden(name), name);
    }

    @Test
    void shouldFindAColumnPlantedInAClass() throws IOException {
        final Set<String> names = namesInClasses(NoExemptionTest.class, "org.isochron.matcher.house").stream()
                .filter(NoExemptionTest::isForbidden)
                .collect(Collectors.toSet());

        assertTrue(names.contains("ADL_EXEMPT"), names.toString());
    }

    /** What the scan has to find. */
    private static final class PlantedTable {
        static final int ADL_EXEMPT = 7;
    }

    private static Set<String> namesInSchema(final String resource) throws IOException {
        try (InputStream in = DeleveragedDecoder.class.getResourceAsStream(resource)) {
            final Matcher names = NAME.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            final Set<String> found = new TreeSet<>();
            while (names.find()) {
                found.add(names.group(1));
            }
            return found;
        }
    }

    private static Set<String> namesInClasses(final Class<?> anchor, final String packageName) throws IOException {
        final Path root = Path.of(
                anchor.getProtectionDomain().getCodeSource().getLocation().getPath());
        final Set<String> names = new TreeSet<>();
        if (Files.isDirectory(root)) {
            addNames(root.resolve(packageName.replace('.', '/')), names);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(root, Map.of())) {
                addNames(jar.getPath(packageName.replace('.', '/')), names);
            }
        }
        return names;
    }

    private static void addNames(final Path folder, final Set<String> names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (final Path file :
                    files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
                new ClassReader(Files.readAllBytes(file)).accept(new Names(names), ClassReader.SKIP_FRAMES);
            }
        }
    }

    /** Names of classes, fields, methods, parameters and variables, and words that stand in the code as texts. */
    private static final class Names extends ClassVisitor {
        private static final Pattern WORD = Pattern.compile("\\w+");

        private final Set<String> names;

        Names(final Set<String> names) {
            super(Opcodes.ASM9);
            this.names = names;
        }

        @Override
        public void visit(
                final int version,
                final int access,
                final String name,
                final String signature,
                final String superName,
                final String[] interfaces) {
            names.add(name.substring(name.lastIndexOf('/') + 1));
        }

        @Override
        public FieldVisitor visitField(
                final int access,
                final String name,
                final String descriptor,
                final String signature,
                final Object value) {
            names.add(name);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                final int access,
                final String name,
                final String descriptor,
                final String signature,
                final String[] exceptions) {
            names.add(name);
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitLdcInsn(final Object value) {
                    if (value instanceof String text && WORD.matcher(text).matches()) {
                        names.add(text);
                    }
                }

                @Override
                public void visitLocalVariable(
                        final String variable,
                        final String type,
                        final String generic,
                        final Label start,
                        final Label end,
                        final int index) {
                    names.add(variable);
                }
            };
        }
    }
}
