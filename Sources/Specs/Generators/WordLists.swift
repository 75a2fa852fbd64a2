/// Lists of our own for names and text that read like data. They are part of the generators' versions: a list that
/// changes in any way means a new version of each generator that uses it.
enum WordLists {
  /// Given names from many places.
  static let firstNames = [
    "Aaliyah", "Abdul", "Adaeze", "Adriana", "Agnes", "Ahmed", "Aiko", "Alejandro", "Alice", "Amara", "Amina",
    "Ana", "Anders", "Andrea", "Anika", "Antonio", "Anwar", "Arjun", "Asha", "Astrid", "Aurora", "Ayumi",
    "Beatriz", "Benjamin", "Bianca", "Bilal", "Björn", "Bruno", "Camille", "Carlos", "Carmen", "Chen", "Chiara",
    "Chidi", "Chloé", "Clara", "Claudia", "Cyrus", "Dalia", "Daniel", "Daria", "David", "Deepa", "Diego", "Dina",
    "Dmitri", "Elena", "Elias", "Elif", "Emeka", "Emil", "Emma", "Erik", "Esther", "Eva", "Fatima", "Felix",
    "Femi", "Fiona", "Florence", "Francesca", "Freya", "Gabriel", "Georgia", "Giulia", "Grace", "Greta", "Hana",
    "Hannah", "Haruto", "Hassan", "Helen", "Hiroshi", "Hugo", "Ibrahim", "Ida", "Ilse", "Imani", "Ines", "Ingrid",
    "Irene", "Isaac", "Isabel", "Ivan", "Jamal", "Jana", "Jasmin", "Javier", "Jonas", "José", "Julia", "Kai",
    "Kamala", "Karim", "Katarina", "Kenji", "Kofi", "Kwame", "Laila", "Lars", "Laura", "Leila", "Leo", "Lin",
    "Linh", "Lucía", "Luis", "Lukas", "Maja", "Malik", "Marco", "Margaret", "Maria", "Mateo", "Matilda", "Maya",
    "Mei", "Miguel", "Mila", "Mina", "Mohammed", "Nadia", "Naoko", "Nia", "Nikolai", "Nils", "Noah", "Noor",
    "Nora", "Ola", "Olga", "Olivia", "Omar", "Oscar", "Paolo", "Paula", "Pedro", "Petra", "Priya", "Quentin",
    "Rachel", "Rafael", "Rania", "Ravi", "Rosa", "Ruth", "Salma", "Samuel", "Sana", "Sara", "Sergei", "Shira",
    "Simone", "Sofia", "Stefan", "Sven", "Tadeusz", "Tara", "Tariq", "Thomas", "Tomás", "Uma", "Valentina", "Vera",
    "Victor", "Wanjiru", "Wei", "Xavier", "Yara", "Yuki", "Yusuf", "Zainab", "Zoë",
  ]

  /// Family names from many places.
  static let lastNames = [
    "Abe", "Adeyemi", "Ahmed", "Ali", "Almeida", "Andersen", "Baker", "Banerjee", "Bauer", "Becker", "Bergström",
    "Bianchi", "Brown", "Castillo", "Chang", "Chaudhry", "Chen", "Clarke", "Cohen", "Costa", "Cruz", "Dahl", "Das",
    "Delgado", "Diallo", "Dubois", "Eriksen", "Evans", "Farah", "Fernández", "Ferrari", "Fischer", "Flores",
    "Fontaine", "Fujita", "Garcia", "Gonzalez", "Graham", "Green", "Gupta", "Haddad", "Hansen", "Harris", "Hassan",
    "Hernandez", "Hill", "Hoffmann", "Horvat", "Hughes", "Ibrahim", "Ito", "Ivanova", "Jackson", "Jensen",
    "Johnson", "Jones", "Kamau", "Kapoor", "Kaya", "Keller", "Khan", "Kim", "King", "Kobayashi", "Kovács",
    "Kowalski", "Kumar", "Laurent", "Lee", "Lewis", "Lin", "Lindqvist", "Lopez", "Mancini", "Martin", "Martínez",
    "Mbeki", "Mehta", "Mendes", "Meyer", "Miller", "Moore", "Moreau", "Morgan", "Müller", "Mwangi", "Nakamura",
    "Nguyen", "Nielsen", "Novak", "Obi", "Okafor", "Okoye", "Oliveira", "Olsen", "Osei", "Park", "Parker", "Patel",
    "Pereira", "Petrov", "Pham", "Popescu", "Ramirez", "Rao", "Reyes", "Richter", "Rivera", "Rossi", "Russo",
    "Sato", "Santos", "Schmidt", "Schneider", "Shah", "Silva", "Singh", "Smith", "Sokolov", "Sousa", "Suzuki",
    "Takahashi", "Tanaka", "Taylor", "Thompson", "Torres", "Tran", "Turner", "Usman", "Vargas", "Vasquez",
    "Virtanen", "Walker", "Wang", "Watanabe", "Weber", "White", "Williams", "Wilson", "Wong", "Wright", "Yamamoto",
    "Yilmaz", "Young", "Zhang", "Zimmermann",
  ]

  /// First words of companies.
  static let companyNames = [
    "Acorn", "Alder", "Amber", "Anchor", "Aspen", "Atlas", "Basalt", "Beacon", "Birch", "Bluebell", "Bramble",
    "Brook", "Cedar", "Clover", "Cobalt", "Compass", "Copper", "Coral", "Cypress", "Delta", "Ember", "Fern",
    "Flint", "Foxglove", "Garnet", "Glacier", "Granite", "Harbour", "Hazel", "Heron", "Horizon", "Indigo", "Ivy",
    "Jasper", "Juniper", "Kestrel", "Lantern", "Larch", "Laurel", "Lighthouse", "Linden", "Lotus", "Maple",
    "Marigold", "Meadow", "Meridian", "Mistral", "Moss", "Northwind", "Oak", "Olive", "Opal", "Orchard", "Osprey",
    "Pebble", "Pine", "Prairie", "Quartz", "Quill", "Raven", "Reed", "River", "Rowan", "Saffron", "Sage",
    "Sandpiper", "Sequoia", "Sparrow", "Spruce", "Summit", "Sycamore", "Tamarind", "Thistle", "Tidewater", "Topaz",
    "Tulip", "Vale", "Willow", "Wren", "Yarrow",
  ]

  /// Last words of companies.
  static let companyKinds = [
    "Analytics", "Bakery", "Books", "Brothers", "Cargo", "Cycles", "Energy", "Farms", "Foods", "Freight",
    "Gardens", "Glass", "Goods", "Health", "Instruments", "Interiors", "Labs", "Logistics", "Media", "Mills",
    "Optics", "Outfitters", "Paper", "Partners", "Press", "Printing", "Software", "Studio", "Supply", "Systems",
    "Textiles", "Toys", "Trading", "Travel", "Works",
  ]

  /// Given names that can stand in a mail address as they are.
  static let asciiFirstNames = firstNames.filter { $0.utf8.allSatisfy { $0 < 0x80 } }
  /// Family names that can stand in a mail address as they are.
  static let asciiLastNames = lastNames.filter { $0.utf8.allSatisfy { $0 < 0x80 } }
}
