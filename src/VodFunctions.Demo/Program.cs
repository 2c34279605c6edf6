return await VodFunctions.Demo.DemoCommand.RunAsync(args);
