using Capsule;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddCapsule();
var app = builder.Build();
app.MapCapsule();
app.Run();
